package io.github.istioegress.fleet;

import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Origin;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One tenant of a fleet: a team with a namespace of its own.
 *
 * @param name its name, one of its kind in the fleet
 * @param namespace the namespace of its pods, its own alone
 * @param group the group it belongs to; empty for none
 * @param ring the ring it asks for; empty for none
 * @param labels the labels of its namespace
 * @param values what its template reads, by name: texts, numbers, booleans, lists and maps
 * @param destinations what it asks to reach
 * @param origin where it is said
 */
public record Tenant(
    String name,
    String namespace,
    String group,
    String ring,
    Map<String, String> labels,
    Map<String, Object> values,
    List<TenantDestination> destinations,
    Origin origin) {

  /**
   * Orders labels and values.
   *
   * @throws IllegalArgumentException when a name is no DNS label
   */
  public Tenant {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    destinations = List.copyOf(destinations);
    Words.checkName("tenant", name);
    Words.checkName("namespace of tenant " + name, namespace);
    Objects.requireNonNull(origin, "origin");
  }

  /** A tenant said in Java, in the namespace of its name. */
  public static Tenant named(String name, TenantDestination... destinations) {
    return new Tenant(
        name, name, "", "", Map.of(), Map.of(), List.of(destinations), Origin.caller());
  }

  /**
   * All its destinations through a gateway that lets nobody else's calls to them pass: mutual TLS
   * of the mesh to the gateway, and a policy there that ties its namespace to its hosts and ends in
   * deny.
   *
   * @throws IllegalArgumentException when the gateway does not have a port
   */
  public List<GatewayIntent> through(EgressGateway gateway) {
    return destinations.stream()
        .map(to -> to.via(gateway.overIstioMutualTls()).from(Callers.namespace(namespace)))
        .toList();
  }

  /** All its destinations straight from its sidecars. */
  public List<EgressIntent> direct() {
    return destinations.stream().map(TenantDestination::direct).toList();
  }

  /**
   * A text among its values.
   *
   * @throws IllegalArgumentException when there is none of this name, naming the tenant's line
   */
  public String text(String key) {
    return value(key, String.class, "a text");
  }

  /**
   * A whole number among its values.
   *
   * @throws IllegalArgumentException when there is none of this name, naming the tenant's line
   */
  public int number(String key) {
    return value(key, Integer.class, "a whole number");
  }

  /** True for the tenant of this name. */
  public boolean is(TenantName name) {
    return name.name().equals(this.name);
  }

  /** True where a value says true; false where it says false or nothing is said. */
  public boolean is(String key) {
    return values.containsKey(key) && value(key, Boolean.class, "true or false");
  }

  private <T> T value(String key, Class<T> type, String words) {
    Object value = values.get(key);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s has %s, and its template reads %s there: write it under values, or under defaults for all tenants"
              .formatted(
                  this,
                  value == null ? "no value '" + key + "'" : "the value '" + key + "': " + value,
                  words));
    }
    return type.cast(value);
  }

  /** The tenant as messages name it, {@code tenant shop at tenants.yaml:3}. */
  @Override
  public String toString() {
    return "tenant " + name + " at " + origin.place();
  }
}
