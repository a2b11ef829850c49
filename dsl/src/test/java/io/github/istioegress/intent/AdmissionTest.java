package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and what. */
class AdmissionTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(5432, 5432);
  private static final Callers SHOP = Callers.namespace("shop");
  private static final Callers CART = Callers.serviceAccount("shop", "cart");

  private static EgressPlan plan(String namespace, EgressIntent... said) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named(namespace), said);
  }

  @Test
  void everyoneMayCallUntilSomebodyIsNamed() {
    HttpGatewayIntent said = Egress.to("a.example").http(80).via(GATEWAY);
    assertThat(said.admission()).isEqualTo(Admission.everyone());
    assertThat(said.admission().isRestricted()).isFalse();
    assertThat(said.from(SHOP).admission().callers()).containsExactly(SHOP);
    assertThat(said.allow(Requests.get("/x")).admission().isRestricted()).isTrue();
  }

  @Test
  void whoNamesCallersWantsTheHopThatProvesThem() {
    assertThat(Egress.to("a.example").http(80).via(GATEWAY).from(SHOP))
        .isEqualTo(Egress.to("a.example").http(80).via(GATEWAY.overIstioMutualTls()).from(SHOP));
    assertThat(Egress.to("a.example").tls(443).via(GATEWAY).from(SHOP).path().hop())
        .isEqualTo(GatewayHop.ISTIO_MUTUAL);
    assertThat(Egress.to("a.example").http(80).via(GATEWAY).allow(Requests.get("/x")).path().hop())
        .as("a request is read, its caller need not be known")
        .isEqualTo(GatewayHop.PLAIN);
  }

  @Test
  void theirOrderAndRepetitionMakeNoDifference() {
    GatewayIntent said = Egress.to("a.example").tls(443).via(GATEWAY);
    assertThat(said.from(SHOP, CART)).isEqualTo(said.from(CART, SHOP, CART));
    HttpGatewayIntent http = Egress.to("a.example").http(80).via(GATEWAY);
    assertThat(http.allow(Requests.get("/b"), Requests.path("/a")))
        .isEqualTo(http.allow(Requests.path("/a"), Requests.get("/b")));
  }

  @Test
  void aSentenceReadsAsItWasSaid() {
    assertThat(
            Egress.to("a.example")
                .http(80)
                .via(GATEWAY)
                .from(CART, SHOP)
                .allow(Requests.get("/a"), Requests.path("/b/*")))
        .hasToString(
            "Egress.to(\"a.example\").http(80).via(istio-system/istio-egressgateway"
                + ".overIstioMutualTls()).from(namespace(\"shop\"), serviceAccount(\"shop\","
                + " \"cart\")).allow(of(\"GET\", \"/a\"), path(\"/b/*\"))");
  }

  @Test
  void nobodyAndNothingAreNoAnswers() {
    HttpGatewayIntent said = Egress.to("a.example").http(80).via(GATEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(said::from)
        .withMessage(
            "a.example http(80) from() names no caller: say from(Callers.namespace(\"shop\"))");
    assertThatIllegalArgumentException()
        .isThrownBy(said::allow)
        .withMessage(
            "a.example http(80) allow() names no request: say allow(Requests.get(\"/orders\"))");
  }

  @Test
  void callersAreThoseOfTheNamespaceInWhichItIsSaid() {
    EgressIntent said = Egress.to("a.example").tls(443).via(GATEWAY).from(SHOP);
    assertThat(plan("shop", said).gateways()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("bank", said))
        .withMessage(
            "%s at %s names callers of namespace shop, but is said in namespace bank: say it there",
            said, said.origin().place());
  }

  /** What data says, the compiler does not see. */
  @Test
  void sentencesFromDataAreCheckedToo() {
    Origin origin = Origin.unknown();
    ExternalHost host = new ExternalHost("a.example");
    HttpGatewayIntent direct =
        EgressIntent.of(host, new EgressPort(80, PortProtocol.HTTP), EgressPath.direct(), origin);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> direct.from(SHOP))
        .withMessage(
            "a.example http(80).from(namespace(\"shop\")) leaves directly, and no policy holds at a"
                + " sidecar's way out; say via(gateway)");
    HttpGatewayIntent tls =
        EgressIntent.of(
            host, new EgressPort(443, PortProtocol.TLS), EgressPath.through(GATEWAY), origin);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tls.allow(Requests.get("/x")))
        .withMessage(
            "a.example tls(443).allow(of(\"GET\", \"/x\")): the proxy on the way cannot read these calls;"
                + " only http, http2 and grpc have methods and paths");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "shop.example", "-shop", "*"})
  void aNamespaceIsALabel(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Callers.namespace(name))
        .withMessageStartingWith("namespace of callers '" + name + "' is not a DNS label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cart", "cart/other", "*", "a b"})
  void aServiceAccountIsAResourceName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Callers.serviceAccount("shop", name))
        .withMessageStartingWith(
            "service account of callers '" + name + "' is not a resource name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "orders", "/a*b", "/a?b=c", "/a b", "/**", "*", "/{x}", "/a#b"})
  void aPathIsAPathOrAPrefix(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requests.get(path))
        .withMessageStartingWith("path '" + path + "' is not of the form /orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "GET ", "G T", "*"})
  void aMethodIsAWordInUpperCase(String method) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requests.of(method, "/x"))
        .withMessage("method '" + method + "' is no HTTP method: write GET or PROPFIND");
  }

  @Test
  void commonRequestsHaveWords() {
    assertThat(Requests.get("/x")).isEqualTo(Requests.of("GET", "/x"));
    assertThat(Requests.post("/x")).isEqualTo(Requests.of("POST", "/x"));
    assertThat(Requests.path("/*").method()).isEmpty();
  }
}
