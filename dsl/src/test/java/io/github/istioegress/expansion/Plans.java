package io.github.istioegress.expansion;

import io.github.istioegress.dsl.AnsweredHost;
import io.github.istioegress.dsl.AnyHost;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.HttpIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.RetryOn;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random plans that say something and contradict themselves nowhere. */
public final class Plans {

  private static final List<EgressGateway> GATEWAYS =
      List.of(
          gateway("istio-egressgateway", "istio-system", "egressgateway"),
          gateway("edge", "egress", "edge"),
          gateway("edge", "egress-too", "edge-too"));

  private static final List<String> HOSTS =
      List.of(
          "edition.cnn.com",
          "money.cnn.com",
          "api.example",
          "a-b.example",
          "x".repeat(60) + ".example",
          "x".repeat(60) + ".other.example");

  private static final List<String> DATABASES = List.of("db1.example", "db2.example");

  private static final List<String> ANSWERED =
      List.of("moved.example", "shared.example", "backed.example");

  static final ForwardProxy PROXY = ForwardProxy.at("squid.corp.example", 3128).ip("203.0.113.9");

  private static final List<String> WILDCARDS = List.of("*.wild.example", "*.wide.example");

  private Plans() {}

  /** What the whole plan decides, so that its sentences agree: by host and by gateway. */
  record Habits(
      List<EgressGateway> gateways,
      int minor,
      List<Boolean> mutual,
      List<Boolean> closed,
      List<Integer> tls,
      List<Integer> serving,
      List<Integer> patience,
      boolean classicOnly) {

    /** The same for the newest release, with its gateways brought up by istiod or not. */
    Habits by(List<EgressGateway> others) {
      return new Habits(others, 31, mutual, closed, tls, serving, patience, false);
    }

    /** Hosts and gateways that no release lacks are taken; others are said more plainly. */
    int tls(String host) {
      return minor < 22 ? 0 : tls.get(Math.max(HOSTS.indexOf(host), 0));
    }

    int patience(String host) {
      return minor < 22 || !HOSTS.contains(host) ? 0 : patience.get(HOSTS.indexOf(host));
    }

    int serving(String wildcard) {
      int how = serving.get(WILDCARDS.indexOf(wildcard));
      return how == 2 && minor < 30 ? 1 : how;
    }
  }

  /** What a sentence is made of. */
  record Said(String namespace, String host, int port, int way, boolean named) {
    String key() {
      return namespace + " " + host + " " + port;
    }

    EgressIntent sentence(Habits habits) {
      EgressIntent said =
          WILDCARDS.contains(host)
              ? wildcard(habits)
              : DATABASES.contains(host)
                  ? database(habits)
                  : ANSWERED.contains(host) ? answered(habits) : single(habits);
      EgressIntent told = patient(callers(said, habits), habits);
      // A name is the host's, so it depends on the host alone.
      return named ? told.named("n" + (host.hashCode() & 0xffff)) : told;
    }

    /** Some gateways want to know who calls. */
    private EgressIntent callers(EgressIntent said, Habits habits) {
      boolean asked =
          said.path().hop() == GatewayHop.ISTIO_MUTUAL && habits.closed().get(Math.max(way, 0));
      if (!asked || !(said instanceof HttpGatewayIntent known)) {
        return said;
      }
      HttpGatewayIntent from =
          port % 2 == 0
              ? known.from(Callers.namespace(namespace))
              : known.from(Callers.serviceAccount(namespace, "till"));
      return said.port().protocol().isReadable() ? from.allow(Requests.path("/x*")) : from;
    }

    private EgressIntent patient(EgressIntent said, Habits habits) {
      int patience = habits.patience(host);
      if (patience == 1 && said.port().protocol().isReadable() && said instanceof HttpIntent http) {
        HttpIntent timed = http.timeout(Duration.ofSeconds(3));
        return habits.classicOnly() ? copied(timed.retries(2, RetryOn.RESET)) : timed;
      }
      return patience == 2 && habits.tls(host) != 2
          ? said.connections(5).ejectAfter(Ejection.consecutiveGatewayErrors(3))
          : said;
    }

    /** The mirror takes the way of what is copied. */
    private static EgressIntent copied(HttpIntent said) {
      ExternalHost mirror =
          new ExternalHost("copies-" + (said.host().hashCode() & 0xffff) + ".example");
      return said.mirroredTo(
          EgressIntent.of(mirror, said.port(), said.path(), Origin.unknown()), 10);
    }

    private EgressIntent wildcard(Habits habits) {
      int serving = habits.serving(host);
      AnyHost any = Egress.toAnyOf(host);
      if (serving == 0) {
        // Only TLS, and only through a gateway.
        int tls = port == 80 || port == 443 ? 443 : 8443;
        return any.servedBy("www" + host.substring(1))
            .tls(tls)
            .via(habits.gateways().get(Math.max(way, 0)));
      }
      if (serving == 2) {
        AnyHost.LookedUp each = any.dynamicDns(Mesh.istio(IstioVersion.V1_30));
        boolean readable = port == 80 || port == 8080;
        return readable ? each.http(port).direct() : each.tls(port).direct();
      }
      AnyHost.Unserved each = any.unresolved();
      return switch (port) {
        case 80 -> each.http(80).direct();
        case 8080 -> each.grpc(8080).direct();
        default -> each.tls(port).direct();
      };
    }

    private EgressIntent database(Habits habits) {
      // A gateway's plain port of bytes belongs to one host.
      boolean direct = way < 0 || (!habits.mutual().get(way) && host.equals(DATABASES.get(1)));
      Egress.Path path =
          Egress.to(host)
              .tcp(5432)
              .at(
                  "203.0.113." + (1 + DATABASES.indexOf(host)),
                  "2001:db8::" + (1 + DATABASES.indexOf(host)));
      return direct ? path.direct() : through(path, habits);
    }

    private EgressIntent answered(Habits habits) {
      Egress.To to = Egress.to(host);
      int kind = ANSWERED.indexOf(host);
      if (kind == 0) {
        return plaintext(to.answeredBy("b.example").http(port), habits);
      }
      if (habits.minor() < (kind == 1 ? 22 : 30)) {
        return plaintext(to.http(port), habits);
      }
      AnsweredHost.Shared shared =
          kind == 1
              ? to.canary("b.example", 20)
              : to.otherwise("b.example", Mesh.istio(IstioVersion.V1_31));
      if (port == 443 || port == 8443) {
        Egress.Path path = shared.tls(port);
        return way < 0 || !habits.classicOnly() ? path.direct() : through(path, habits);
      }
      return plaintext(shared.http(port), habits);
    }

    private EgressIntent plaintext(Egress.Plain plain, Habits habits) {
      // What a gateway's port takes is the same for all hosts.
      boolean tls = port == 443 || port == 8443;
      return way < 0 || !habits.classicOnly() || (tls && !habits.mutual().get(way))
          ? plain.direct()
          : through(plain, habits);
    }

    private EgressIntent single(Habits habits) {
      Egress.To to = Egress.to(host);
      if (port == 443 || port == 8443) {
        Egress.Unread path = to.tls(port);
        if (way < 0 && host.startsWith("a") && habits.minor() >= 15) {
          return path.via(PROXY);
        }
        return way < 0 ? path.direct() : through(path, habits);
      }
      Egress.Plain plain =
          port == 80 ? to.http(80) : host.startsWith("a") ? to.grpc(port) : to.http2(port);
      int tls = habits.tls(host);
      if (tls == 0) {
        return way < 0 ? plain.direct() : through(plain, habits);
      }
      Egress.Originated originated = plain.originateTls().toPort(port == 80 ? 443 : 8443);
      if (tls == 1) {
        return way < 0 ? originated.san(host, "b.example").direct() : through(originated, habits);
      }
      Egress.Authenticated shown = originated.clientCertificate("client");
      return way < 0 ? shown.direct().only(Pods.labelled("app", "till")) : through(shown, habits);
    }

    private EgressIntent through(Egress.ThroughGateway said, Habits habits) {
      EgressGateway gateway = habits.gateways().get(way);
      return habits.mutual().get(way) ? said.via(gateway.overIstioMutualTls()) : said.via(gateway);
    }

    /** The same by another way. */
    Said by(int other) {
      return new Said(namespace, host, port, other, named);
    }
  }

  /**
   * Sentences by namespace.
   *
   * @param mesh the mesh
   * @param sentences what each namespace says
   */
  public record Sentences(Mesh mesh, Map<String, List<EgressIntent>> sentences) {

    /** The plan. */
    public EgressPlan plan() {
      EgressPlan plan = EgressPlan.on(mesh);
      for (Map.Entry<String, List<EgressIntent>> said : sentences.entrySet()) {
        plan = plan.namespace(MeshNamespace.named(said.getKey()), said.getValue());
      }
      return plan;
    }

    /** The same, each host said by the first namespace alone that says it. */
    public Sentences apart() {
      Set<String> taken = new HashSet<>();
      Map<String, List<EgressIntent>> apart = new TreeMap<>();
      sentences.forEach(
          (namespace, said) -> {
            List<EgressIntent> own =
                said.stream().filter(one -> !taken.contains(one.host().name())).toList();
            own.forEach(one -> taken.add(one.host().name()));
            apart.put(namespace, own);
          });
      return new Sentences(mesh, apart);
    }

    /** The same, said in one more namespace word by word, but for callers of the first. */
    public Sentences doubled(String namespace) {
      Map<String, List<EgressIntent>> doubled = new TreeMap<>(sentences);
      sentences
          .values()
          .forEach(
              said ->
                  doubled.put(
                      namespace,
                      said.stream().filter(one -> one.admission().callers().isEmpty()).toList()));
      return new Sentences(mesh, doubled);
    }

    /** The same with all sentences visible to the whole mesh. */
    public Sentences adopted() {
      Map<String, List<EgressIntent>> adopted = new TreeMap<>();
      sentences.forEach(
          (namespace, said) ->
              adopted.put(
                  namespace,
                  said.stream()
                      // A mirror is seen by whom its own sentence says.
                      .filter(intent -> intent.policy().mirrors().isEmpty())
                      .map(one -> one.visible(Visibility.MESH_DEFAULT))
                      .toList()));
      return new Sentences(mesh, adopted);
    }
  }

  private static EgressGateway gateway(String name, String namespace, String label) {
    return EgressGateway.named(name)
        .in(namespace)
        .labelled("istio", label)
        .port(80, 8080)
        .port(443, 8443)
        .port(8080, 8081)
        .port(8443, 8444)
        .port(5432, 5432);
  }

  /** A plan's gateways as somebody tells them who has their pods and Services. */
  public static List<GatewayWorkload> gateways(EgressPlan plan) {
    return plan.gateways().stream()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API)
        .map(
            gateway ->
                new GatewayWorkload(
                    gateway.name(),
                    gateway.namespace(),
                    gateway.labels(),
                    gateway.ports().stream()
                        .map(p -> new GatewayWorkload.Port(p.port(), p.targetPort()))
                        .toList()))
        .toList();
  }

  /** Plans of up to two namespaces, ten hosts, four ports and three gateways. */
  public static Arbitrary<Sentences> any(String... namespaces) {
    return made(Plans::sentences, namespaces).withoutEdgeCases();
  }

  /**
   * One plan in two flavors.
   *
   * @param classic with gateways that somebody brings up
   * @param gatewayApi with gateways of the Gateway API
   */
  public record Flavors(Sentences classic, Sentences gatewayApi) {}

  /** The same plans, each through gateways of either flavor, as far as both can say it. */
  public static Arbitrary<Flavors> inBothFlavors(String... namespaces) {
    List<EgressGateway> others =
        GATEWAYS.stream()
            .map(one -> EgressGateway.gatewayApi(one.name()).in(one.namespace()))
            .toList();
    return made(
            (habits, closed, all) ->
                sayable(
                    sentences(habits.by(GATEWAYS), closed, all),
                    sentences(habits.by(others), closed, all)),
            namespaces)
        .withoutEdgeCases();
  }

  /** Leaves out what the Gateway API cannot say beside what is said before it. */
  private static Flavors sayable(Sentences classic, Sentences gatewayApi) {
    Map<String, List<EgressIntent>> kept = new TreeMap<>();
    Map<String, List<EgressIntent>> keptOthers = new TreeMap<>();
    gatewayApi
        .sentences()
        .forEach(
            (namespace, said) -> {
              for (int i = 0; i < said.size(); i++) {
                List<EgressIntent> own = kept.computeIfAbsent(namespace, name -> new ArrayList<>());
                List<EgressIntent> others =
                    keptOthers.computeIfAbsent(namespace, name -> new ArrayList<>());
                others.add(said.get(i));
                try {
                  new Sentences(gatewayApi.mesh(), keptOthers).plan();
                  own.add(classic.sentences().getOrDefault(namespace, List.of()).get(i));
                } catch (IllegalArgumentException e) {
                  others.remove(others.size() - 1);
                }
              }
            });
    return new Flavors(
        new Sentences(classic.mesh(), kept), new Sentences(gatewayApi.mesh(), keptOthers));
  }

  private static <T> Arbitrary<T> made(
      Combinators.F3<Habits, Boolean, List<Said>, T> maker, String... namespaces) {
    Arbitrary<List<Said>> said =
        Combinators.combine(
                Arbitraries.of(namespaces),
                Arbitraries.of(
                    Stream.of(HOSTS, HOSTS, DATABASES, ANSWERED, WILDCARDS)
                        .flatMap(List::stream)
                        .toList()),
                Arbitraries.of(80, 443, 8080, 8443),
                Arbitraries.integers().between(-1, GATEWAYS.size() - 1),
                Arbitraries.of(true, false))
            .as(Said::new)
            .list()
            .uniqueElements(Said::key)
            .ofMinSize(1)
            .ofMaxSize(12);
    Arbitrary<Integer> minors =
        Arbitraries.oneOf(
            Arbitraries.integers().between(7, 31), Arbitraries.integers().between(30, 31));
    Arbitrary<Habits> habits =
        Combinators.combine(
                minors,
                Arbitraries.of(true, false).list().ofSize(GATEWAYS.size()),
                Arbitraries.of(true, false).list().ofSize(GATEWAYS.size()),
                Arbitraries.integers().between(0, 2).list().ofSize(HOSTS.size()),
                Arbitraries.integers().between(0, 2).list().ofSize(WILDCARDS.size()),
                Arbitraries.integers().between(0, 2).list().ofSize(HOSTS.size()))
            .as(
                (minor, mutual, closed, tls, serving, patience) ->
                    new Habits(GATEWAYS, minor, mutual, closed, tls, serving, patience, true));
    return Combinators.combine(habits, Arbitraries.of(true, false), said).as(maker);
  }

  private static Sentences sentences(Habits habits, boolean closed, List<Said> all) {
    Mesh mesh = Mesh.istio(IstioVersion.of(1, habits.minor()));
    Map<String, Integer> ways = new HashMap<>();
    Map<String, Map<String, EgressIntent>> byNamespace = new TreeMap<>();
    for (Said said : all) {
      // One proxy begins the TLS to a host.
      String host = said.namespace() + " " + said.host();
      int way = ways.computeIfAbsent(host, h -> said.way());
      EgressIntent sentence = (habits.tls(said.host()) > 0 ? said.by(way) : said).sentence(habits);
      byNamespace
          .computeIfAbsent(said.namespace(), name -> new TreeMap<>())
          .putIfAbsent(said.host() + " " + sentence.port().number(), sentence);
    }
    Map<String, List<EgressIntent>> sentences = new TreeMap<>();
    byNamespace.forEach((name, said) -> sentences.put(name, List.copyOf(said.values())));
    return new Sentences(closed ? mesh.registryOnly() : mesh.allowAny(), sentences);
  }
}
