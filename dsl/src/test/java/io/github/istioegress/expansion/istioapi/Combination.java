package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.dsl.Compiled;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GeneratedEgress;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One combination of host, protocol, TLS and way, as the sentence that says it.
 *
 * @param host the words for the host
 * @param protocol the words for the port
 * @param tls the words for the TLS that the mesh begins; none where it begins none
 * @param way the words for the way
 */
record Combination(List<String> host, List<String> protocol, List<String> tls, List<String> way) {

  private static final List<List<String>> HOSTS =
      List.of(
          List.of("Egress", ".to(\"api.example.com\")"),
          List.of("Egress", ".to(\"api.example.com\")", ".answeredBy(\"eu.example.com\")"),
          List.of("Egress", ".to(\"api.example.com\")", ".canary(\"eu.example.com\", 10)"),
          List.of("Egress", ".to(\"api.example.com\")", ".otherwise(\"eu.example.com\", mesh)"),
          List.of("Egress", ".toAnyOf(\"*.example.com\")", ".servedBy(\"www.example.com\")"),
          List.of("Egress", ".toAnyOf(\"*.example.com\")", ".unresolved()"),
          List.of("Egress", ".toAnyOf(\"*.example.com\")", ".dynamicDns(mesh)"));

  private static final List<List<String>> PROTOCOLS =
      List.of(
          List.of(".http(80)"),
          List.of(".http2(80)"),
          List.of(".grpc(80)"),
          List.of(".tls(443)"),
          List.of(".tcp(5432)", ".at(\"203.0.113.3\")"));

  private static final List<List<String>> TLS =
      List.of(
          List.of(),
          List.of(".originateTls()"),
          List.of(".originateTls()", ".clientCertificate(\"client\")"));

  private static final List<List<String>> WAYS =
      List.of(
          List.of(".direct()"),
          List.of(".via(gateway)"),
          List.of(".via(gateway.overIstioMutualTls())"),
          List.of(".via(proxy)"),
          List.of(".via(gateway.through(proxy))"));

  private static final String SOURCE =
      """
      package com.acme;

      import io.github.istioegress.dsl.*;
      import io.github.istioegress.intent.*;
      import io.github.istioegress.mesh.*;

      class Said implements java.util.function.Supplier<EgressPlan> {
        private final EgressGateway gateway = %s;
        private final ForwardProxy proxy = ForwardProxy.at("squid.corp.example", 3128).ip("203.0.113.9");
        private final VersionedMesh<IstioVersion.Since1_30> mesh = Mesh.istio(IstioVersion.V1_31).registryOnly();
        private final Waypoint waypoint = Waypoint.in("egress").named("edge").on(mesh.ambient());
        @Override
        public EgressPlan get() {
          EgressIntent said =
      %s;
          return EgressPlan.on(%s).namespace(MeshNamespace.named("shop")%s, said);
        }
      }
      """;

  /**
   * What comes of it.
   *
   * @param supported true where it expands and its call is as said
   * @param pattern the pattern, where it is supported
   * @param yields the kinds of its resources, where it is supported
   * @param call what its proxies add, or why there is none
   * @param wrong the word that does not fit, after the one before it; empty where all compile
   */
  record Result(boolean supported, String pattern, String yields, String call, String wrong) {}

  private static final String CLASSIC = "EgressGateway.istioDefault().port(5432, 5432)";
  private static final String GATEWAY_API = "EgressGateway.gatewayApi(\"edge\").in(\"egress\")";

  /** Every combination there is. */
  static List<Combination> all() {
    List<Combination> all = new ArrayList<>();
    for (List<String> host : HOSTS) {
      for (List<String> protocol : PROTOCOLS) {
        for (List<String> tls : TLS) {
          for (List<String> way : WAYS) {
            all.add(new Combination(host, protocol, tls, way));
          }
        }
      }
    }
    return all;
  }

  /** The words in order. */
  List<String> words() {
    List<String> words = new ArrayList<>(host);
    words.addAll(protocol);
    words.addAll(tls);
    words.addAll(way);
    if (tls.size() == 2 && way.equals(WAYS.get(0))) {
      // A sidecar's certificate is that of some pods.
      words.add(".only(Pods.labelled(\"app\", \"till\"))");
    }
    return words;
  }

  String sentence() {
    return String.join("", words());
  }

  /** Compiles the sentence, expands it, and traces its call. */
  Result result() {
    return result(CLASSIC);
  }

  /** The same through a gateway of the Gateway API; empty where no gateway is on the way. */
  Optional<Result> resultInGatewayApi() {
    return way.get(0).contains("gateway") ? Optional.of(result(GATEWAY_API)) : Optional.empty();
  }

  /** The same through a waypoint of ambient mode, where it goes through a gateway otherwise. */
  Optional<Result> resultInAmbient() {
    return way.equals(WAYS.get(1))
        ? Optional.of(
            new Combination(host, protocol, tls, List.of(".via(waypoint)"))
                .result(CLASSIC, "mesh.ambient()", ""))
        : Optional.empty();
  }

  private Result result(String gateway) {
    return result(gateway, "mesh", ".injected()");
  }

  private Result result(String gateway, String mesh, String proxies) {
    Compiled compiled =
        Compiled.of("com.acme.Said", SOURCE.formatted(gateway, sentence(), mesh, proxies));
    if (!compiled.mistakes().isEmpty()) {
      return new Result(false, "", "", "", wrongWord(compiled.mistakes().get(0).at()));
    }
    try {
      EgressPlan plan = (EgressPlan) compiled.supplier().get();
      GeneratedEgress generated =
          new EgressGenerator(OutputLayouts.byDefault(), Optional.empty()).generate("said", plan);
      DeclaredCall call = generated.calls().get(0);
      if (generated.calls().size() != 1 || !call.isAsSaid()) {
        throw new AssertionError(sentence() + " is not as said: " + call);
      }
      return new Result(true, pattern(call.intent()), yields(generated), tls(call), "");
    } catch (IllegalArgumentException e) {
      return new Result(false, "", "", "" + e.getMessage(), "");
    }
  }

  private static String pattern(EgressIntent said) {
    return said.path().waypoint().isPresent()
        ? "through a waypoint"
        : IstioApiExpansion.pattern(said).title();
  }

  /** The word at which the compiler stops, after the word before it. */
  private String wrongWord(String at) {
    int place = sentence().length() + 1 - at.length();
    List<String> words = words();
    int end = 0;
    for (int i = 0; i < words.size(); i++) {
      end += words.get(i).length();
      if (place < end) {
        return (i == 0 ? "" : words.get(i - 1)) + " " + words.get(i);
      }
    }
    throw new AssertionError("the compiler stops outside of the sentence: " + at);
  }

  private static String yields(GeneratedEgress generated) {
    Map<ResourceKind, Long> kinds =
        generated.resources().all().stream()
            .map(Resource::kind)
            .filter(kind -> kind != ResourceKind.NAMESPACE)
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(kind -> kind.getKey().kind() + (kind.getValue() == 1 ? "" : " x" + kind.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String tls(DeclaredCall call) {
    return call.trace().branches().get(0).hops().stream()
        .map(Combination::added)
        .collect(Collectors.joining(", "));
  }

  private static String added(Hop hop) {
    UpstreamTls.Mode mode = hop.upstreamTls().mode();
    return hop.proxy().replaceAll(" .*", "")
        + " adds "
        + (mode == UpstreamTls.Mode.NONE ? "nothing" : mode.name());
  }
}
