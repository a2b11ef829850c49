package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressIntent;
import java.util.List;

/** What every tenant of a fleet gets: a function from tenant to sentences. */
@FunctionalInterface
public interface TenantTemplate {

  /** The sentences of a tenant; the answer must be the same each time. */
  List<? extends EgressIntent> sentences(Tenant tenant);
}
