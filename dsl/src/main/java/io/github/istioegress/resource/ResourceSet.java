package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Resources that hold together: each once, ordered by namespace, then by the order of kinds, then
 * by name.
 */
public final class ResourceSet {

  private final Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
  private final Map<ResourceKind, List<Resource>> byKind = new EnumMap<>(ResourceKind.class);

  private ResourceSet(SortedMap<ResourceOrder, Resource> ordered) {
    ordered.forEach(
        (order, resource) -> {
          byKey.put(order.key(), resource);
          byKind.computeIfAbsent(order.kind(), kind -> new ArrayList<>()).add(resource);
        });
  }

  /** The namespace a resource belongs to; a Namespace belongs to itself. */
  public static String home(Resource resource) {
    ResourceKey key = resource.key();
    return resource.kind() == ResourceKind.NAMESPACE ? key.name() : key.namespace();
  }

  /** Two of one key that are not the same. */
  public static IllegalArgumentException madeTwice(ResourceKey key) {
    return new IllegalArgumentException(
        key + " would be made twice with different content: give one of them another name");
  }

  /** Begins a set. */
  public static Builder builder() {
    return new Builder();
  }

  /** All resources in order. */
  public List<Resource> all() {
    return List.copyOf(byKey.values());
  }

  /** The resources of one kind, in order. */
  public List<Resource> of(ResourceKind kind) {
    return List.copyOf(byKind.getOrDefault(kind, List.of()));
  }

  /** The resource with this key. */
  public Optional<Resource> find(ResourceKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** How many there are. */
  public int size() {
    return byKey.size();
  }

  /** Collects resources; the one place where two that meet are judged. */
  public static final class Builder {
    private final Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a resource made in memory. The same one again changes nothing.
     *
     * @throws IllegalArgumentException when another with its key is there already
     */
    public Builder add(HasMetadata object) {
      return add(Resource.of(object));
    }

    /**
     * Adds a resource. The same one again changes nothing.
     *
     * @throws IllegalArgumentException when another with its key is there already
     */
    public Builder add(Resource resource) {
      ResourceKey key = resource.key();
      Resource there = byKey.putIfAbsent(key, resource);
      if (there != null && !there.object().equals(resource.object())) {
        throw madeTwice(key);
      }
      return this;
    }

    /** True where a resource of this key is there. */
    public boolean contains(ResourceKey key) {
      return byKey.containsKey(key);
    }

    /** The set. */
    public ResourceSet build() {
      SortedMap<ResourceOrder, Resource> ordered = new TreeMap<>();
      byKey.values().forEach(resource -> ordered.put(ResourceOrder.of(resource), resource));
      return new ResourceSet(ordered);
    }
  }
}
