package io.github.istioegress.fleet;

import io.github.istioegress.intent.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one place says of a tenant: defaults, a profile, or the tenant itself.
 *
 * @param group its group, where said
 * @param ring its ring, where said
 * @param labels labels of its namespace
 * @param values values of the template
 * @param destinations what it may reach
 * @param quota how many destinations it may have at most, where said
 */
record Layer(
    Optional<String> group,
    Optional<String> ring,
    Map<String, String> labels,
    Map<String, Object> values,
    List<TenantDestination> destinations,
    Optional<Quota> quota) {

  /**
   * How many destinations a tenant may have.
   *
   * @param destinations the most
   * @param place where it is said
   */
  record Quota(int destinations, String place) {}

  static final Layer NOTHING =
      new Layer(
          Optional.empty(), Optional.empty(), Map.of(), Map.of(), List.of(), Optional.empty());

  /** What holds where another layer lies over this one: what that one says, else what this says. */
  Layer under(Layer over) {
    Map<String, String> allLabels = new TreeMap<>(labels);
    allLabels.putAll(over.labels);
    Map<String, Object> allValues = new TreeMap<>(values);
    allValues.putAll(over.values);
    Map<String, TenantDestination> all = new LinkedHashMap<>();
    destinations.forEach(to -> all.put(to.key(), to));
    over.destinations.forEach(to -> all.put(to.key(), to));
    return new Layer(
        over.group.or(() -> group),
        over.ring.or(() -> ring),
        allLabels,
        allValues,
        new ArrayList<>(all.values()),
        over.quota.or(() -> quota));
  }

  /** The tenant of which this is all that is said. */
  Tenant tenant(String name, String namespace, Origin origin) {
    Tenant tenant =
        new Tenant(
            name,
            namespace,
            group.orElse(""),
            ring.orElse(""),
            labels,
            values,
            destinations,
            origin);
    quota
        .filter(most -> destinations.size() > most.destinations())
        .ifPresent(
            most -> {
              throw new IllegalArgumentException(
                  "%s has %s destinations, and its quota at %s is %s: take some out, or raise the quota"
                      .formatted(tenant, destinations.size(), most.place(), most.destinations()));
            });
    return tenant;
  }
}
