package io.github.istioegress.expansion.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The listeners that the sentences of a plan open on a gateway, each for the namespaces that say
 * so: one for each host and port, so that no namespace can take another's host; HTTP in mutual TLS
 * of the mesh shares one for the port, since its calls bear one SNI.
 */
final class Listeners {

  private static final String TERMINATE_MODE = "gateway.istio.io/tls-terminate-mode";
  private static final String NAMESPACE = "kubernetes.io/metadata.name";

  private final EgressGateway gateway;
  private final Map<String, Listener> byName = new LinkedHashMap<>();
  private final Map<String, TreeSet<String>> callers = new TreeMap<>();

  private Listeners(EgressGateway gateway) {
    this.gateway = gateway;
  }

  /** The listeners of a gateway, by port and then by name. */
  static List<Listener> of(EgressPlan plan, EgressGateway gateway) {
    Listeners listeners = new Listeners(gateway);
    for (NamespaceEgress said : plan.namespaces()) {
      said.intents().stream()
          .filter(intent -> intent.path().gateway().filter(gateway::equals).isPresent())
          .forEach(intent -> listeners.add(said.namespace().name(), intent));
    }
    return listeners.all();
  }

  /** The name of the listener of a sentence. */
  static String name(EgressIntent intent) {
    int port = intent.port().number();
    String host = "-" + ResourceNames.base(intent.host().dashed());
    if (intent.port().protocol().isReadable()) {
      return isMutual(intent) ? "mutual-http-" + port : name("http-" + port + host);
    }
    return name(
        (isMutual(intent) ? "mutual-" : "") + intent.port().protocol().word() + "-" + port + host);
  }

  private static String name(String said) {
    // istiod names the Service's port by it.
    return ResourceNames.portName(said);
  }

  private static boolean isMutual(EgressIntent intent) {
    return intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
  }

  private void add(String namespace, EgressIntent intent) {
    String name = name(intent);
    byName.putIfAbsent(name, listener(name, intent));
    callers.computeIfAbsent(name, n -> new TreeSet<>()).add(namespace);
  }

  private static Listener listener(String name, EgressIntent intent) {
    boolean mutual = isMutual(intent);
    boolean readable = intent.port().protocol().isReadable();
    boolean bytes = intent.port().protocol() == PortProtocol.TCP;
    ListenerBuilder listener =
        new ListenerBuilder()
            .withName(name)
            .withPort(intent.port().number())
            .withProtocol(
                readable ? (mutual ? "HTTPS" : "HTTP") : bytes && !mutual ? "TCP" : "TLS");
    if (mutual ? !readable : !bytes) {
      listener.withHostname(intent.host().name());
    }
    if (mutual) {
      listener
          .withNewTls()
          .withMode("Terminate")
          .addToOptions(TERMINATE_MODE, "ISTIO_MUTUAL")
          .endTls();
    } else if (!readable && !bytes) {
      listener.withNewTls().withMode("Passthrough").endTls();
    }
    return listener.build();
  }

  private List<Listener> all() {
    List<Listener> all = new ArrayList<>();
    byName.forEach(
        (name, listener) ->
            all.add(allowing(listener, callers.getOrDefault(name, new TreeSet<>()))));
    all.sort(Comparator.comparing(Listener::getPort).thenComparing(Listener::getName));
    return all;
  }

  /** Routes of the callers' namespaces and of no others. */
  private Listener allowing(Listener listener, SortedSet<String> namespaces) {
    ListenerBuilder allowing = new ListenerBuilder(listener);
    if (namespaces.equals(Set.of(gateway.namespace()))) {
      return allowing
          .withNewAllowedRoutes()
          .withNewNamespaces()
          .withFrom("Same")
          .endNamespaces()
          .endAllowedRoutes()
          .build();
    }
    var selected =
        allowing.withNewAllowedRoutes().withNewNamespaces().withFrom("Selector").withNewSelector();
    if (namespaces.size() == 1) {
      selected.addToMatchLabels(NAMESPACE, namespaces.first());
    } else {
      selected
          .addNewMatchExpression()
          .withKey(NAMESPACE)
          .withOperator("In")
          .withValues(List.copyOf(namespaces))
          .endMatchExpression();
    }
    return selected.endSelector().endNamespaces().endAllowedRoutes().build();
  }
}
