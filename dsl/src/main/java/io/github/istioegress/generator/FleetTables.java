package io.github.istioegress.generator;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.fleet.Tenants;
import java.util.List;
import java.util.Map;

/** What a build tool is told of tenants, in types of the JDK. */
final class FleetTables {

  private FleetTables() {}

  /** The tenants of a fleet, each with its namespace and the ring it is in, empty for none. */
  static List<Map<String, String>> tenants(Fleet fleet, Tenants tenants) {
    return tenants.all().stream().map(tenant -> table(tenant, fleet.ringOf(tenant))).toList();
  }

  private static Map<String, String> table(Tenant tenant, String ring) {
    return Map.of("name", tenant.name(), "namespace", tenant.namespace(), "ring", ring);
  }
}
