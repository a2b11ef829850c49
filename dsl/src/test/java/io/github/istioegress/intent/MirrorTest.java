package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Copies of requests, and who may not get any. */
class MirrorTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final HttpIntent SHADOW = Egress.to("shadow.example").http(80).direct();
  private static final HttpIntent SHADOW_AT_GATEWAY =
      Egress.to("shadow.example").http(80).via(GATEWAY.plainHop());

  private static HttpIntent direct() {
    return Egress.to("a.example").http(80).direct();
  }

  private static HttpGatewayIntent atGateway() {
    return Egress.to("a.example").http(80).via(GATEWAY);
  }

  private static EgressPlan shop(EgressIntent... said) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("shop"), said);
  }

  private static void refused(ThrowingCallable say, String why) {
    assertThatIllegalArgumentException().isThrownBy(say).withMessageContaining(why);
  }

  @Test
  void theSentenceOfTheMirrorBecomesOneOfTheNamespace() {
    HttpIntent said = direct().mirroredTo(SHADOW, 10);
    assertThat(said)
        .hasToString(
            "Egress.to(\"a.example\").http(80).direct().mirroredTo(shadow.example http(80), 10)");
    assertThat(shop(said).namespaces().get(0).intents()).containsExactly(said, SHADOW);
    assertThat(shop(said, SHADOW)).isEqualTo(shop(said));
    assertThat(shop(said.mirroredTo(Egress.to("b.example").http(80).direct(), 100)))
        .as("a second mirror")
        .matches(plan -> plan.namespaces().get(0).hosts().size() == 3);
  }

  @Test
  void aMirrorSaysWhatItsOwnSentenceSays() {
    refused(
        () -> shop(direct().mirroredTo(SHADOW, 10), SHADOW.timeout(java.time.Duration.ofHours(1))),
        "a port has one sentence");
  }

  @Test
  void sharesAreOfAHundred() {
    for (int wrong : new int[] {0, -1, 101}) {
      refused(() -> direct().mirroredTo(SHADOW, wrong), wrong + ") is no share: say 1 to 100");
    }
    assertThatCode(() -> direct().mirroredTo(SHADOW, 100)).doesNotThrowAnyException();
  }

  @Test
  void aCopyTakesNoOtherWayThanItsRequest() {
    refused(
        () -> direct().mirroredTo(SHADOW_AT_GATEWAY, 10),
        "a copy goes straight from the last proxy of its request, and would pass by"
            + " via(istio-system/istio-egressgateway)");
    refused(() -> atGateway().mirroredTo(SHADOW, 10), "would pass by direct()");
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(80, 8080);
    refused(
        () -> atGateway().mirroredTo(Egress.to("shadow.example").http(80).via(edge), 10),
        "say of both hosts that they are reached through the same proxy");
    assertThatCode(() -> atGateway().mirroredTo(SHADOW_AT_GATEWAY, 10))
        .as("the hop to the gateway is none of the copy's")
        .doesNotThrowAnyException();
  }

  @Test
  void aCopyGoesToOneHostUnderTheHostOfItsRequest() {
    refused(
        () ->
            direct()
                .mirroredTo(
                    Egress.to("shadow.example").answeredBy("b.example").http(80).direct(), 10),
        "so answeredBy(\"b.example\") would not be heeded");
    refused(
        () ->
            direct()
                .mirroredTo(
                    Egress.to("shadow.example").canary("b.example", 10).http(80).direct(), 10),
        "so canary(\"b.example\", 10) would not be heeded");
    refused(
        () -> direct().mirroredTo(direct(), 10),
        "it has these requests already; name another host, or say it once");
    refused(
        () -> direct().mirroredTo(SHADOW, 10).mirroredTo(SHADOW, 20),
        "it has these requests already");
    refused(
        () -> Egress.to("a.example").grpc(80).direct().mirroredTo(SHADOW, 10),
        "gRPC needs HTTP/2 there, too: say grpc(...) of it");
  }

  /** A policy of a gateway is asked of a request; its copy is sent without another question. */
  @Test
  void whoMayNotReachTheMirrorMayNotBeCopiedToIt() {
    Callers till = Callers.serviceAccount("shop", "till");
    HttpGatewayIntent shadow = Egress.to("shadow.example").http(80).via(GATEWAY);
    refused(
        () -> shop(atGateway().mirroredTo(shadow.from(till), 10)),
        "who may call the first would reach the second, too");
    refused(
        () ->
            shop(atGateway().from(till).mirroredTo(shadow.from(till).allow(Requests.get("/")), 10)),
        "say the same from(...) and allow(...) of both, or of the first alone");
    assertThatCode(() -> shop(atGateway().mirroredTo(shadow.from(till), 10).from(till)))
        .as("in whatever order it is said")
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                shop(
                    atGateway()
                        .from(till)
                        .mirroredTo(
                            Egress.to("shadow.example").http(80).via(GATEWAY.overIstioMutualTls()),
                            10)))
        .doesNotThrowAnyException();
  }

  @Test
  void podsWithoutTheCertificateWouldCopyInPlainText() {
    HttpIntent shadow =
        Egress.to("shadow.example")
            .http(80)
            .originateTls()
            .clientCertificate("client")
            .direct()
            .only(Pods.labelled("app", "till"));
    refused(
        () -> shop(direct().mirroredTo(shadow, 10)), "all others would send copies in plain text");
    HttpIntent same =
        Egress.to("a.example")
            .http(80)
            .originateTls()
            .clientCertificate("client")
            .direct()
            .only(Pods.labelled("app", "till"));
    assertThatCode(() -> shop(same.mirroredTo(shadow, 10))).doesNotThrowAnyException();
  }

  @Test
  void whoSeesTheRouteSeesTheMirror() {
    refused(
        () -> shop(direct().visible(Visibility.MESH_DEFAULT).mirroredTo(SHADOW, 10)),
        "say the same visible(...) of both");
    assertThatCode(
            () ->
                shop(
                    direct()
                        .visible(Visibility.MESH_DEFAULT)
                        .mirroredTo(SHADOW.visible(Visibility.MESH_DEFAULT), 10)))
        .doesNotThrowAnyException();
  }

  @Test
  void sharesInTheGatewayApiAreWrittenFrom126On() {
    EgressGateway edge = EgressGateway.gatewayApi("edge").in("egress");
    HttpIntent shadow = Egress.to("shadow.example").http(80).via(edge);
    HttpIntent said = Egress.to("a.example").http(80).via(edge);
    EgressPlan older = EgressPlan.on(Mesh.istio(IstioVersion.V1_25));
    MeshNamespace shop = MeshNamespace.named("shop");
    refused(
        () -> older.namespace(shop, said.mirroredTo(shadow, 10)),
        "asks for a share of mirrored requests at a gateway of the Gateway API (whose release 1.3"
            + " was the first to have one), which we generate for Istio 1.26 and newer");
    assertThatCode(() -> older.namespace(shop, said.mirroredTo(shadow, 100)))
        .doesNotThrowAnyException();
  }

  @Test
  void aWaypointSaysWhyItCannot() {
    Waypoint waypoint =
        Waypoint.in("egress").named("edge").on(Mesh.istio(IstioVersion.V1_31).ambient());
    refused(
        () ->
            Egress.to("a.example")
                .http(80)
                .via(waypoint)
                .mirroredTo(Egress.to("shadow.example").http(80).via(waypoint), 10),
        "mirroredTo(shadow.example http(80), 10) is not offered at a waypoint");
  }

  @Test
  void mirrorsAreWrittenFrom122On() {
    HttpIntent said = direct().mirroredTo(SHADOW, 10);
    refused(
        () ->
            EgressPlan.on(Mesh.istio(IstioVersion.of(1, 21)))
                .namespace(MeshNamespace.named("shop"), said),
        "asks for mirroredTo, which we generate for Istio 1.22 and newer; the mesh is 1.21");
  }

  @Test
  void wildcardsAreNoMirrors() {
    HttpIntent wildcard =
        EgressIntent.of(
            new ExternalHost("*.a.example"),
            new EgressPort(80, PortProtocol.HTTP),
            EgressPath.direct(),
            Handling.none().served(Serving.unresolved()),
            Origin.unknown());
    refused(() -> direct().mirroredTo(wildcard, 10), "name the one host");
    refused(() -> wildcard.mirroredTo(SHADOW, 10), "a wildcard stands for many hosts");
  }
}
