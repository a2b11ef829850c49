package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What Istio makes of a scope in a sidecar; each part is worked out when it is first asked for. */
public final class SidecarProxy {

  private final Scope scope;
  private final Map<Integer, Map<String, Listener>> listeners = new ConcurrentHashMap<>();
  private final Map<String, VirtualHosts> virtualHosts = new ConcurrentHashMap<>();

  /** The sidecar of a pod that knows this. */
  public SidecarProxy(Scope scope) {
    this.scope = scope;
  }

  /** What it knows. */
  public Scope scope() {
    return scope;
  }

  /**
   * The listener that takes a connection: the one of its address, else the one of all addresses,
   * else {@code virtualOutbound} itself.
   */
  public Listener listener(String address, int port) {
    Map<String, Listener> byAddress =
        listeners.computeIfAbsent(port, number -> OutboundListeners.of(scope, number));
    return Optional.ofNullable(byAddress.get(address))
        .or(() -> Optional.ofNullable(byAddress.get(RegistryService.ANY_ADDRESS)))
        .orElseGet(() -> Undeclared.listener(scope));
  }

  /** The virtual hosts of a route configuration. */
  public VirtualHosts virtualHosts(String routeConfig) {
    return virtualHosts.computeIfAbsent(
        routeConfig, name -> new VirtualHosts(SidecarVirtualHosts.build(scope, name)));
  }
}
