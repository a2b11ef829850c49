package io.github.istioegress.resource;

/**
 * What orders resources: the namespace they belong to, then the order that is safe to apply, then
 * their name. Worked out once for a resource that is compared often.
 *
 * @param home the namespace it belongs to
 * @param kind its kind, in the order of kinds
 * @param key its key
 */
public record ResourceOrder(String home, ResourceKind kind, ResourceKey key)
    implements Comparable<ResourceOrder> {

  /** The order of a resource. */
  public static ResourceOrder of(Resource resource) {
    return new ResourceOrder(ResourceSet.home(resource), resource.kind(), resource.key());
  }

  @Override
  public int compareTo(ResourceOrder other) {
    int order = home.compareTo(other.home);
    order = order != 0 ? order : kind.compareTo(other.kind);
    return order != 0 ? order : key.compareTo(other.key);
  }
}
