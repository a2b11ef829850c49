package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.EgressListener;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.RuleHosts;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The listeners that Istio builds in a sidecar for one port, by the address they are bound to. A
 * service adds its chains to the listener of its address; HTTP services share one for all.
 */
final class OutboundListeners {

  private static final String ANY = RegistryService.ANY_ADDRESS;

  private static final class Draft {
    private Protocol protocol;
    private List<FilterChain> chains;
    private final Set<FilterChain.Match> taken = new HashSet<>();
    private boolean locked;

    private Draft(Protocol protocol, List<FilterChain> chains) {
      this.protocol = protocol;
      this.chains = new ArrayList<>(chains);
      chains.forEach(chain -> taken.add(chain.match()));
    }

    /** Adds chains, except those that match the same as one that is there. */
    private void merge(List<FilterChain> more) {
      for (FilterChain chain : more) {
        if (taken.add(chain.match())) {
          chains.add(chain);
        }
      }
    }
  }

  private final Scope scope;
  private final int port;
  private final IdentityHashMap<EgressListener, RuleHosts> ruleHosts = new IdentityHashMap<>();
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private OutboundListeners(Scope scope, int port) {
    this.scope = scope;
    this.port = port;
  }

  /** The listeners of a port, by the address that they are bound to. */
  static Map<String, Listener> of(Scope scope, int port) {
    OutboundListeners listeners = new OutboundListeners(scope, port);
    listeners.build();
    Map<String, Listener> byAddress = new HashMap<>();
    listeners.drafts.forEach((bind, draft) -> byAddress.put(bind, listeners.listener(bind, draft)));
    return byAddress;
  }

  private Listener listener(String bind, Draft draft) {
    Optional<FilterChain> all = draft.chains.stream().filter(FilterChain::takesAll).findFirst();
    List<FilterChain> others = draft.chains.stream().filter(chain -> !chain.takesAll()).toList();
    return new Listener(
        bind + "_" + port, others, all.or(() -> Optional.of(Undeclared.chain(scope))));
  }

  private void build() {
    for (EgressListener egress : scope.listeners()) {
      if (egress.port().isPresent()) {
        ServicePort listenPort = egress.port().get();
        if (listenPort.number() == port) {
          egress.services().forEach(service -> add(egress, service, listenPort, egress.bind()));
        }
      } else {
        // What the listeners before have said of a port stays as it is.
        drafts.values().forEach(draft -> draft.locked = true);
        for (RegistryService service : egress.services()) {
          service.port(port).ifPresent(own -> addDeclared(egress, service, own));
        }
      }
    }
  }

  /**
   * Adds a service to the listener of its address. One that keeps the dialled address but has
   * endpoints is listened for at each of them, and at names not at all.
   */
  private void addDeclared(EgressListener egress, RegistryService service, ServicePort own) {
    boolean perEndpoint =
        egress.bind().isEmpty()
            && service.resolution() == Resolution.NONE
            && service.address().equals(ANY)
            && !own.protocol().isHttp()
            && (service.kubernetes()
                || !own.endpoints().isEmpty()
                || !service.selector().isEmpty());
    if (!perEndpoint) {
      add(egress, service, own, egress.bind());
      return;
    }
    for (Endpoint endpoint : own.endpoints()) {
      if (Cidr.parse(endpoint.address()).isPresent()) {
        add(egress, service, own, endpoint.address());
      }
    }
  }

  private void add(
      EgressListener egress, RegistryService service, ServicePort own, String boundTo) {
    Protocol protocol = own.protocol();
    if (!protocol.isHttp() && !protocol.isTcp() && !protocol.isSniffed()) {
      return;
    }
    String bind = boundTo;
    List<String> cidrs = List.of();
    if (bind.isEmpty()) {
      bind = ANY;
      if (!protocol.isHttp()) {
        if (service.address().contains("/")) {
          cidrs = List.of(service.address());
        } else {
          bind = service.address();
        }
      }
    }
    Draft there = drafts.get(bind);
    if (there != null && there.locked) {
      return;
    }
    if (protocol.isHttp()) {
      addHttp(bind, there, service, own);
    } else if (protocol.isTcp()) {
      addBytes(bind, there, own, byteChains(egress, service, own, bind, cidrs));
    } else {
      addSniffed(bind, there, egress, service, own, cidrs);
    }
  }

  private void addHttp(
      String bind,
      @org.jspecify.annotations.Nullable Draft there,
      RegistryService service,
      ServicePort own) {
    boolean shared = bind.equals(ANY);
    FilterChain chain =
        FilterChain.http(String.valueOf(port), shared, List.of(declaredBy(service, own)));
    if (there == null) {
      drafts.put(bind, new Draft(shared ? Protocol.UNSUPPORTED : own.protocol(), List.of(chain)));
    } else if (there.protocol.isTcp() && mayShare(own.protocol(), there.protocol)) {
      there.merge(List.of(chain));
      there.protocol = Protocol.UNSUPPORTED;
    }
  }

  private void addBytes(
      String bind,
      @org.jspecify.annotations.Nullable Draft there,
      ServicePort own,
      List<FilterChain> chains) {
    if (there == null) {
      drafts.put(bind, new Draft(own.protocol(), chains));
    } else if (mayShare(own.protocol(), there.protocol)) {
      there.merge(chains);
      if (there.protocol.isHttp()) {
        there.protocol = Protocol.UNSUPPORTED;
      }
    }
  }

  private void addSniffed(
      String bind,
      @org.jspecify.annotations.Nullable Draft there,
      EgressListener egress,
      RegistryService service,
      ServicePort own,
      List<String> cidrs) {
    if (there != null && there.protocol.isSniffed()) {
      return;
    }
    List<FilterChain> chains = new ArrayList<>(byteChains(egress, service, own, bind, cidrs));
    String routes = bind.equals(ANY) ? String.valueOf(port) : service.hostname() + ":" + port;
    chains.add(FilterChain.http(routes, true, List.of(declaredBy(service, own))));
    if (there == null || there.protocol.isHttp()) {
      drafts.put(bind, new Draft(Protocol.UNSUPPORTED, chains));
    } else if (mayShare(own.protocol(), there.protocol)) {
      there.merge(chains);
      there.protocol = Protocol.UNSUPPORTED;
    }
  }

  private List<FilterChain> byteChains(
      EgressListener egress,
      RegistryService service,
      ServicePort own,
      String bind,
      List<String> cidrs) {
    RuleHosts rules = ruleHosts.computeIfAbsent(egress, one -> new RuleHosts(one.rules()));
    return new ByteChains(scope, service, own, rules, cidrs, bind.equals(ANY)).build();
  }

  /** MongoDB and MySQL wait for the server's first byte, which an inspector would never see. */
  private static boolean mayShare(Protocol incoming, Protocol there) {
    return incoming == there || !(incoming.isServerFirst() || there.isServerFirst());
  }

  private static Decision declaredBy(RegistryService service, ServicePort own) {
    return Decision.of(service.source(), ByteChains.portPath(service, own.number()));
  }
}
