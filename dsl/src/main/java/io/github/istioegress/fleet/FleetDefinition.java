package io.github.istioegress.fleet;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import java.nio.file.Path;

/** A definition for many tenants: one template, and the tenants from files. */
public interface FleetDefinition extends EgressDefinition {

  /** Says the fleet. Asked once a run; the answer must be the same each time. */
  Fleet fleet();

  /** The plan of all tenants, with their files found from the folder that the program runs in. */
  @Override
  default EgressPlan define() {
    Fleet fleet = fleet();
    return fleet.plan(fleet.tenants(Path.of("")));
  }
}
