package io.github.istioegress.analysis.context;

import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.Workload;
import java.util.Optional;

/**
 * A proxy that applies a route.
 *
 * @param name what messages call it, {@code the sidecars of shop}
 * @param scope what it knows
 * @param caller a pod whose sidecar it is; empty at a gateway
 * @param gateway the gateway's pod; empty for a sidecar
 */
public record CallingProxy(
    String name, Scope scope, Optional<Caller> caller, Optional<Workload> gateway) {

  static CallingProxy sidecar(Caller caller, Scope scope) {
    return new CallingProxy(
        "the sidecars of " + caller.namespace(), scope, Optional.of(caller), Optional.empty());
  }

  static CallingProxy gateway(Workload pod, String name, Scope scope) {
    return new CallingProxy("the gateway " + name, scope, Optional.empty(), Optional.of(pod));
  }
}
