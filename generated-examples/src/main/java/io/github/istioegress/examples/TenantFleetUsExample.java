package io.github.istioegress.examples;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;

/**
 * The same twelve tenants in the second cluster: its profile lies over the tenants file, so that
 * one of them reaches a host more there, and those who try the next version wait longer.
 */
public final class TenantFleetUsExample implements FleetDefinition {

  @Override
  public Fleet fleet() {
    return TenantFleetExample.in("us");
  }
}
