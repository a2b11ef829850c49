package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every combination of host, protocol, TLS and way: expanded and traced, or refused with the
 * reason. The page {@code docs/support-matrix.md} is what this test finds; {@code
 * -Dmatrix.update=true} writes it anew.
 */
class SupportMatrixTest {

  private static final Path PAGE = Path.of("../docs/support-matrix.md");

  private static final String MANY_HOSTS =
      "a rule verifies one name and sends one SNI, a wildcard has many hosts";
  private static final String LOOP =
      "where nothing is resolved, a gateway sends to its own address in a loop";
  private static final String TOLD_FOR_TLS =
      "not offered: Istio documents a serving host for TLS by SNI alone";
  private static final String TWO_ADDRESSES =
      "not offered: applications dial the addresses of bytes themselves, so of which host they are is"
          + " theirs to choose";
  private static final String NO_NAME = "bytes name no host, so a wildcard matches none";
  private static final String ONE_SNI = "the hop has one SNI, a wildcard has many hosts";

  private static final String REFUSED_BY_ENVOY =
      "Envoy refuses the cluster that Istio makes of a looked-up name with HTTP/2";

  /** Why the grammar lacks a word after another; both in the order of the sentence. */
  private static final Map<String, String> WHY = new LinkedHashMap<>();

  static {
    WHY.put("tls originateTls", "the application's TLS would be wrapped in another");
    WHY.put(
        "at originateTls",
        "not offered: TLS is originated for requests that proxies read, and bytes are not");
    WHY.put(
        "answeredBy tls", "the name is inside the application's TLS, where no proxy changes it");
    WHY.put(
        "answeredBy tcp", "bytes name no host, so nothing has to be changed: say its addresses");
    WHY.put("canary tcp", TWO_ADDRESSES);
    WHY.put("otherwise tcp", TWO_ADDRESSES);
    for (String readable : List.of("http", "http2", "grpc", "originateTls", "clientCertificate")) {
      WHY.put(
          readable + " via(proxy)",
          "Istio opens tunnels for bytes and TLS of the application, not for HTTP that it reads");
    }
    WHY.put("tls via(proxy)", "a tunnel leads to one host");
    WHY.put("servedBy http", TOLD_FOR_TLS);
    WHY.put("servedBy http2", TOLD_FOR_TLS);
    WHY.put("servedBy grpc", TOLD_FOR_TLS);
    WHY.put("servedBy tcp", NO_NAME);
    WHY.put(
        "servedBy tls direct", "it is the gateway's route that leads every name to the one host");
    WHY.put("servedBy tls via(mutual)", ONE_SNI);
    WHY.put("unresolved tcp", NO_NAME);
    WHY.put("dynamicDns http2", REFUSED_BY_ENVOY);
    WHY.put("dynamicDns grpc", REFUSED_BY_ENVOY);
    WHY.put("dynamicDns tcp", "Istio looks up names of HTTP and TLS calls only");
    for (String protocol : List.of("http", "http2", "grpc", "tls")) {
      WHY.put("unresolved %s via".formatted(protocol), LOOP);
      WHY.put("unresolved %s via(mutual)".formatted(protocol), LOOP);
      WHY.put("unresolved %s originateTls".formatted(protocol), MANY_HOSTS);
    }
    for (String protocol : List.of("http", "tls")) {
      WHY.put("dynamicDns %s via(mutual)".formatted(protocol), ONE_SNI);
      WHY.put("dynamicDns %s originateTls".formatted(protocol), MANY_HOSTS);
    }
    WHY.put("dynamicDns tls via", "a gateway that passes TLS through closes it (UH in Envoy)");
  }

  @Test
  void everyCombinationIsInThePage() throws IOException {
    String page = page();
    if (Boolean.getBoolean("matrix.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE).replace("\r\n", "\n"))
        .as("docs/support-matrix.md; run with -Dmatrix.update=true to write it anew")
        .isEqualTo(page);
  }

  private static String page() {
    List<Combination> all = Combination.all();
    assertThat(all).hasSize(7 * 5 * 3 * 5).doesNotHaveDuplicates();
    StringBuilder table = new StringBuilder();
    Set<String> reasons = new TreeSet<>();
    int supported = 0;
    int byCompiler = 0;
    for (Combination combination : all) {
      Combination.Result result = combination.result();
      supported += result.supported() ? 1 : 0;
      byCompiler += result.wrong().isEmpty() ? 0 : 1;
      String comes =
          result.supported()
              ? "%s | %s | as said: %s | %s | %s"
                  .formatted(
                      result.pattern(),
                      result.yields(),
                      result.call(),
                      inGatewayApi(combination, result),
                      inAmbient(combination, result))
              : "refused | | " + reason(combination, result, reasons) + " | |";
      table.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  last(combination.host()).replaceAll("^\\.to\\(.*", "one host"),
                  name(combination.protocol().get(0)),
                  List.of("nothing", "TLS", "TLS with client certificate")
                      .get(combination.tls().size()),
                  last(combination.way()),
                  comes)
              .replaceAll("\\| \\.", "| ")
              .replace("\r\n", "\n"));
    }
    assertThat(reasons).as("no reason is left over").isEqualTo(WHY.keySet());
    return """
        # What can be said, and what comes of it

        Every combination of host, protocol at the pod, TLS begun by the mesh, and way, for Istio 1.31. Each row is a sentence
        that a test compiles, expands and traces; this page is what it finds. A row that is refused says why: either the
        language has no such sentence, which is an error of the compiler at the wrong word, or a value is refused when it is
        said. Client certificates of sidecars are said with `only(pods)`, bytes with `at(addresses)`. The last two columns are
        what the same sentence yields where the gateway is one of the Gateway API (`EgressGateway.gatewayApi("edge").in("egress")`): the
        call then takes the same way, and its proxies add the same; and where it leaves through a waypoint of ambient mode instead
        (`via(waypoint)`, in place of `via(gateway)`).

        Not offered: a Service of type ExternalName. Since Istio 1.21 it is another name of a host that has to be declared all
        the same, no rule may name it, and the server outside sees the name of the cluster as Host and SNI; `answeredBy` says
        what it is meant for. A Service without selector whose addresses lie outside is said as `tcp(port).at(addresses)`. Both
        are traced where manifests have them. Nor rate limits, for which Istio has no API but EnvoyFilter; nor `egressProxy` of a
        Sidecar, which Istio's analyzer calls deprecated and ignored.

        Combinations: %d. Supported: %d. Refused by the compiler: %d. Refused when said: %d.

        | Host | Application speaks | Mesh begins | Way | Pattern | Yields | Call | In the Gateway API | In ambient mode |
        |---|---|---|---|---|---|---|---|---|
        %s"""
        .formatted(all.size(), supported, byCompiler, all.size() - supported - byCompiler, table);
  }

  private static String inGatewayApi(Combination combination, Combination.Result classic) {
    return combination
        .resultInGatewayApi()
        .map(
            result -> {
              if (classic.supported() && !result.supported()) {
                return "refused: " + result.call().replaceAll(".* in the Gateway API: ", "");
              }
              assertThat(result.call()).as(combination.sentence()).isEqualTo(classic.call());
              return result.yields();
            })
        .orElse("");
  }

  /** What the waypoint yields, or why it does not; what no gateway passes, it does not either. */
  private static String inAmbient(Combination combination, Combination.Result classic) {
    return combination
        .resultInAmbient()
        .filter(result -> classic.supported())
        .map(
            result ->
                result.supported()
                    ? result.yields() + "; " + result.call()
                    : result.wrong().isEmpty()
                        ? "refused: " + result.call().replaceAll(".* via waypoint [^:]*: ", "")
                        : "refused: no `via(waypoint)` here")
        .orElse("");
  }

  private static String reason(
      Combination combination, Combination.Result result, Set<String> reasons) {
    if (result.wrong().isEmpty()) {
      return result.call();
    }
    String[] words = result.wrong().split(" \\.", 2);
    String before = name(words[0]);
    String wrong = name(words[1]);
    boolean mutual = words[1].contains("overIstioMutualTls");
    boolean proxy = words[1].contains("(proxy)");
    String key = wrong + (proxy ? "(proxy)" : mutual ? "(mutual)" : "");
    String found = last(combination.host());
    List<String> keys =
        List.of(
            name(found) + " " + before + " " + key, name(found) + " " + key, before + " " + key);
    for (String candidate : keys) {
      String why = WHY.get(candidate);
      if (why != null) {
        reasons.add(candidate);
        return "no `%s` after `%s`: %s".formatted(wrong, before, why);
      }
    }
    throw new AssertionError(
        combination.sentence() + " does not compile, and nobody says why: " + keys);
  }

  private static String last(List<String> words) {
    return words.get(words.size() - 1);
  }

  private static String name(String word) {
    return word.replaceFirst("^\\.", "").replaceAll("\\(.*", "");
  }
}
