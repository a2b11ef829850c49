package io.github.istioegress.reach;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The columns of the matrix: every host and port that is declared, hosts that only a route names,
 * what a file of calls asks for, and a host that nobody declared.
 */
public final class Destinations {

  /** Calls are made of it, and its place is taken by each row's pod. */
  private static final Caller NOBODY = Caller.in("default");

  /** The name below a wildcard that stands for all of them. */
  private static final String ONE_OF_MANY = "any";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F]*:[0-9a-fA-F:.]*");
  private static final String MESH = "mesh";

  private final ResourceSet resources;
  private final Map<String, ReachDestination> byName = new LinkedHashMap<>();

  /** Prepares the columns of a set. */
  public Destinations(ResourceSet resources) {
    this.resources = resources;
  }

  /**
   * All columns: what is declared, by its manifest; what is only routed; what is asked; the rest.
   */
  public List<ReachDestination> of(List<Call> asked) {
    Map<String, Boolean> hosts = new HashMap<>();
    for (Resource resource : resources.of(ResourceKind.SERVICE_ENTRY)) {
      ServiceEntry entry =
          ((io.fabric8.istio.api.networking.v1.ServiceEntry) resource.object()).getSpec();
      if (entry != null) {
        entry.getHosts().forEach(host -> hosts.put(host, true));
        declared(resource.key(), entry);
      }
    }
    for (Resource resource : resources.of(ResourceKind.VIRTUAL_SERVICE)) {
      VirtualService route =
          ((io.fabric8.istio.api.networking.v1.VirtualService) resource.object()).getSpec();
      if (route != null && isOfMesh(route)) {
        route.getHosts().stream()
            .filter(host -> HostMatch.mostSpecific(host, hosts).isEmpty())
            .filter(host -> !isOfCluster(host))
            .forEach(host -> routed(resource.key(), host, route));
      }
    }
    asked.forEach(this::asked);
    String nobodys =
        Stream.of("undeclared.example", "undeclared.invalid")
            .filter(host -> HostMatch.mostSpecific(host, hosts).isEmpty())
            .findFirst()
            .orElse("undeclared.example");
    add("http", nobodys, 80, nobodys, Origin.UNDECLARED, List.of());
    add("https", nobodys, 443, nobodys, Origin.UNDECLARED, List.of());
    return List.copyOf(byName.values());
  }

  /** True where a route holds for the calls of pods: it names {@code mesh}, or no gateway. */
  static boolean isOfMesh(VirtualService route) {
    return route.getGateways().isEmpty()
        || route.getGateways().contains(MESH)
        || route.getHttp().stream()
            .flatMap(http -> http.getMatch().stream())
            .anyMatch(match -> match.getGateways().contains(MESH));
  }

  private void declared(ResourceKey key, ServiceEntry entry) {
    for (String host : entry.getHosts()) {
      for (ServicePort port : entry.getPorts()) {
        Protocol protocol = Protocol.parse(Objects.requireNonNullElse(port.getProtocol(), ""));
        int number = port.getNumber() == null ? 0 : port.getNumber().intValue();
        if (protocol.isHttp()) {
          add("http", called(host), number, host, Origin.DECLARED, List.of(key));
        } else if (protocol.isTls()) {
          add("https", called(host), number, host, Origin.DECLARED, List.of(key));
        } else if (protocol != Protocol.UDP) {
          List<String> addresses = addresses(entry);
          (addresses.isEmpty() ? List.of(called(host)) : addresses)
              .forEach(to -> add("tcp", to, number, host, Origin.DECLARED, List.of(key)));
        }
      }
    }
  }

  /** The addresses at which bytes are recognized; of a range, its first. */
  private static List<String> addresses(ServiceEntry entry) {
    return entry.getAddresses().stream()
        .map(address -> address.replaceAll("/.*", ""))
        .filter(address -> ADDRESS.matcher(address).matches())
        .toList();
  }

  private void routed(ResourceKey key, String host, VirtualService route) {
    route.getHttp().stream()
        .flatMap(
            http ->
                http.getMatch().isEmpty()
                    ? Stream.of(80)
                    : http.getMatch().stream().map(match -> number(match.getPort(), 80)))
        .forEach(port -> add("http", called(host), port, host, Origin.ROUTED, List.of(key)));
    route.getTls().stream()
        .flatMap(tls -> tls.getMatch().stream())
        .map(match -> number(match.getPort(), 443))
        .forEach(port -> add("https", called(host), port, host, Origin.ROUTED, List.of(key)));
    route.getTcp().stream()
        .flatMap(tcp -> tcp.getMatch().stream())
        .map(match -> number(match.getPort(), 0))
        .forEach(port -> add("tcp", called(host), port, host, Origin.ROUTED, List.of(key)));
  }

  private static int number(@org.jspecify.annotations.Nullable Number said, int otherwise) {
    return said == null || said.intValue() == 0 ? otherwise : said.intValue();
  }

  /** A Service of the cluster, which is no egress. */
  private boolean isOfCluster(String host) {
    String[] labels = host.split("\\.", -1);
    return labels.length == 1
        || host.endsWith(".svc.cluster.local")
        || host.endsWith(".svc")
        || (labels.length == 2
            && resources.find(ResourceKind.SERVICE.key(labels[1], labels[0])).isPresent());
  }

  /** A call of the file is a column by itself where it says more than host and port. */
  private void asked(Call call) {
    boolean plain =
        call.path().replace("/", "").isEmpty()
            && call.address().isEmpty()
            && call.sni().isEmpty()
            && call.headers().isEmpty()
            && call.method().equals("GET");
    String url = call.url().replaceAll("(?<=:\\d{1,5})/$", "");
    if (plain && byName.containsKey(url)) {
      return;
    }
    Call anonymous = call.by(NOBODY);
    boolean there = byName.values().stream().anyMatch(known -> same(known.call(), anonymous));
    if (!there) {
      String name = plain ? url : call.name().equals(url) ? url : free(call, url);
      byName.putIfAbsent(
          name, new ReachDestination(name, anonymous, call.host(), Origin.ASKED, List.of()));
    }
  }

  /** A name that tells calls to one URL apart. */
  private String free(Call call, String url) {
    String said = call.name().contains("://") ? call.url() : url + " (" + call.name() + ")";
    String name = said;
    for (int number = 2; byName.containsKey(name); number++) {
      name = said + " #" + number;
    }
    return name;
  }

  private static boolean same(Call one, Call other) {
    return one.with("x", one.address(), one.sni(), one.headers())
        .equals(other.with("x", other.address(), other.sni(), other.headers()));
  }

  /** The host that a pod says: of a wildcard, one that stands for all. */
  private static String called(String host) {
    return host.equals("*")
        ? ONE_OF_MANY + ".example"
        : host.startsWith("*.") ? ONE_OF_MANY + host.substring(1) : host;
  }

  private void add(
      String scheme,
      String host,
      int port,
      String declared,
      Origin origin,
      List<ResourceKey> keys) {
    boolean address = ADDRESS.matcher(host).matches();
    if (port < 1 || port > 65535 || !(address || NAME.matcher(host).matches())) {
      // Istio refuses such an entry, and nobody could dial it.
      return;
    }
    String said = host.contains(":") ? "[" + host + "]" : host;
    String url = "%s://%s:%s".formatted(scheme, said, port);
    ReachDestination fresh =
        new ReachDestination(url, Call.to(NOBODY, url), declared, origin, keys);
    byName.merge(url, fresh, (old, more) -> merged(old, keys));
  }

  private static ReachDestination merged(ReachDestination old, List<ResourceKey> more) {
    List<ResourceKey> all = new ArrayList<>(old.resources());
    more.stream().filter(key -> !all.contains(key)).forEach(all::add);
    return new ReachDestination(old.name(), old.call(), old.host(), old.origin(), all);
  }
}
