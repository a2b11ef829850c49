package io.github.istioegress.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.AnsweredHost;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.Fault;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.RetryOn;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import java.util.Optional;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Test;

/** Corners of the expansion as YAML, to be read by people. */
class CornersTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443);

  private static void verify(Expanded expanded) {
    Approvals.verify(expanded.yaml(), new Options().forFile().withExtension(".yaml"));
  }

  /** Also traces the call of every sentence. */
  private static void verifyAsSaid(EgressPlan plan) {
    assertThat(
            new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
                .generate("corner", plan)
                .calls())
        .isNotEmpty()
        .allMatch(DeclaredCall::isAsSaid);
    verify(Expanded.of(plan));
  }

  private static EgressPlan shop(EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .namespace(Expanded.SHOP, sentences);
  }

  @Test
  void twoGatewaysInOneNamespace() {
    verify(
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY),
            Egress.to("b.example").port(80).via(EDGE),
            Egress.to("c.example").port(443).via(GATEWAY),
            Egress.to("d.example").port(443).via(EDGE)));
  }

  @Test
  void oneHostWithOneGatewayAPort() {
    verify(
        Expanded.shop(
            Egress.to("edition.cnn.com").port(80).via(GATEWAY),
            Egress.to("edition.cnn.com").port(443).via(EDGE)));
  }

  @Test
  void twoGatewaysOfOneNameInTwoNamespaces() {
    EgressGateway other =
        EgressGateway.named("istio-egressgateway")
            .in("egress")
            .labelled("istio", "egressgateway")
            .port(443, 8443);
    verify(
        Expanded.shop(
            Egress.to("a.example").port(443).via(GATEWAY),
            Egress.to("b.example").port(443).via(other)));
  }

  @Test
  void namesOfLiveObjectsAreAdopted() {
    verify(
        Expanded.of(
            EgressPlan.on(Mesh.istio(IstioVersion.of(1, 21)))
                .namespace(
                    MeshNamespace.named("news").labelled("istio.io/rev", "1-21"),
                    Egress.to("edition.cnn.com")
                        .port(80)
                        .via(GATEWAY)
                        .named("cnn.news")
                        .portNamed("http-port")
                        .subset("through-gateway")
                        .gatewayNamed("egress")
                        .destinationRuleNamed("egressgateway-for-cnn")
                        .virtualServiceNamed("cnn")
                        .visible(Visibility.MESH_DEFAULT),
                    Egress.to("edition.cnn.com")
                        .port(443)
                        .via(GATEWAY)
                        .portNamed("https")
                        .declaredAs(DeclaredProtocol.HTTPS))));
  }

  @Test
  void aGatewayAmongItsCallers() {
    EgressGateway own =
        EgressGateway.named("shop-egress").in("shop").labelled("app", "egress").port(443, 8443);
    verify(
        Expanded.shop(
            Egress.to("a.example").port(443).via(own), Egress.to("b.example").http(8080).direct()));
  }

  @Test
  void adoptedAndNewHostsThroughOneGateway() {
    verify(
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY).visible(Visibility.MESH_DEFAULT),
            Egress.to("b.example").port(80).via(GATEWAY)));
  }

  @Test
  void oneHostWithAndWithoutOriginatedTls() {
    Egress.To cnn = Egress.to("edition.cnn.com");
    verifyAsSaid(
        shop(
            cnn.http(80).originateTls().san("edition.cnn.com", "cnn.com").direct(),
            cnn.grpc(8080).originateTls().toPort(8443).trusting(Ca.file("/etc/ca.pem")).direct(),
            cnn.tls(443).direct()));
  }

  @Test
  void aClientCertificateOfSomePods() {
    verifyAsSaid(
        shop(
            Egress.to("b2b.partner.com")
                .http(80)
                .originateTls()
                .clientCertificate("partner-client")
                .direct()
                .only(Pods.labelled("app", "invoicer"))));
  }

  @Test
  void originatedTlsOfTwoNamespacesAtOneGatewayAndAtAnotherBesideIt() {
    EgressGateway other =
        EgressGateway.named("edge-too").in("egress").labelled("istio", "edge-too").port(80, 8080);
    Egress.Authenticated partner =
        Egress.to("b2b.partner.com").http(80).originateTls().clientCertificate("partner-client");
    verifyAsSaid(
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(MeshNamespace.named("bank"), partner.via(EDGE))
            .namespace(MeshNamespace.named("news"), partner.via(other))
            .namespace(MeshNamespace.named("shop"), partner.via(EDGE)));
  }

  @Test
  void everythingInsideMutualTlsOnOnePortOfAGateway() {
    MutualHop hop = EDGE.overIstioMutualTls();
    verifyAsSaid(
        shop(
            Egress.to("a.example").http(443).via(hop),
            Egress.to("b.example").tls(443).via(hop),
            Egress.to("c.example").tcp(443).at("203.0.113.3").via(hop),
            Egress.to("d.example").grpc(443).via(hop),
            Egress.to("e.example").tls(443).via(EDGE)));
  }

  @Test
  void bytesByAddressAndByRange() {
    verifyAsSaid(
        shop(
            Egress.to("a.example").tcp(22).at("203.0.113.3", "2001:db8::3").direct(),
            Egress.to("b.example").tcp(22).at("198.51.100.0/24").direct(),
            Egress.to("c.example").tcp(80).at("203.0.113.4").via(EDGE)));
  }

  @Test
  void wildcardsOfEachKind() {
    verifyAsSaid(
        shop(
            Egress.toAnyOf("*.a.example")
                .servedBy("www.a.example")
                .tls(443)
                .via(EDGE)
                .named("all-of-a"),
            Egress.toAnyOf("*.b.example").unresolved().http(80).direct(),
            Egress.toAnyOf("*.b.example").unresolved().tls(443).direct(),
            Egress.toAnyOf("*.c.example")
                .dynamicDns(Mesh.istio(IstioVersion.V1_31))
                .http(8080)
                .direct(),
            Egress.toAnyOf("*.d.example")
                .dynamicDns(Mesh.istio(IstioVersion.V1_31))
                .http(80)
                .via(EDGE)));
  }

  @Test
  void callersOfTwoNamespacesShareAHostOfOneGateway() {
    Egress.Originated api = Egress.to("api.example").http(80).originateTls();
    Egress.Path database = Egress.to("db.example").tcp(443).at("203.0.113.3");
    verifyAsSaid(
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .namespace(
                MeshNamespace.named("bank"),
                api.via(EDGE).from(Callers.serviceAccount("bank", "till")),
                database.via(EDGE).from(Callers.namespace("bank")))
            .namespace(
                MeshNamespace.named("shop"),
                api.via(EDGE)
                    .from(Callers.serviceAccount("shop", "cart"), Callers.namespace("shop"))
                    .allow(Requests.get("/prices"), Requests.path("/stock/*")),
                Egress.to("b.example").tls(443).via(EDGE),
                Egress.to("c.example").tls(443).via(EDGE).from(Callers.namespace("shop"))));
  }

  @Test
  void authoritiesFromAConfigMapAtTheGateway() {
    verifyAsSaid(
        shop(
            Egress.to("api.partner.example")
                .http(80)
                .originateTls()
                .trusting(Ca.configMap("partner-ca", Mesh.istio(IstioVersion.V1_31)))
                .via(EDGE)));
  }

  @Test
  void patienceDirectlyAndThroughAGateway() {
    verifyAsSaid(
        shop(
            Egress.to("a.example")
                .http(80)
                .originateTls()
                .via(EDGE)
                .timeout(Duration.ofSeconds(3))
                .retries(2, RetryOn.CONNECT_FAILURE, RetryOn.GATEWAY_ERROR)
                .connections(50)
                .ejectAfter(Ejection.consecutive5xx(5)),
            Egress.to("b.example")
                .http(8080)
                .direct()
                .timeout(Duration.ofMillis(1500))
                .retries(0)
                .fault(Fault.delay(Duration.ofMillis(20)).percent(0.5)),
            Egress.to("b.example").grpc(9090).direct(),
            Egress.to("c.example")
                .tls(443)
                .direct()
                .connectTimeout(Duration.ofSeconds(1))
                .ejectAfter(Ejection.consecutiveGatewayErrors(3).lasting(Duration.ofMinutes(1)))));
  }

  @Test
  void copiesOfRequestsToOtherHosts() {
    verifyAsSaid(
        shop(
            Egress.to("a.example")
                .http(80)
                .originateTls()
                .via(EDGE)
                .from(Callers.serviceAccount("shop", "till"))
                .mirroredTo(
                    Egress.to("shadow.example")
                        .http(80)
                        .originateTls()
                        .via(EDGE.overIstioMutualTls()),
                    10),
            Egress.to("b.example")
                .canary("c.example", 20)
                .http(80)
                .direct()
                .mirroredTo(Egress.to("copies.example").http(8080).direct(), 100)
                .mirroredTo(Egress.to("more.example").http(80).originateTls().direct(), 5)));
  }

  @Test
  void gatewaysThatThePlanBringsUp() {
    EgressGateway own =
        EgressGateway.named("ssh-edge").in("shop").labelled("role", "ssh-edge").port(22, 22);
    EgressGateway installed =
        EgressGateway.named("installed").in("egress").labelled("istio", "in").port(443, 8443);
    verifyAsSaid(
        EgressPlan.on(
                Mesh.istio(IstioVersion.V1_31)
                    .registryOnly()
                    .installed(IstioInstall.named("istio").onNodes("kubernetes.io/os", "linux")))
            .deploying(GatewayDeployment.of(EDGE).revision("canary"))
            .deploying(GatewayDeployment.of(own).replicas(3))
            .deploying(GatewayDeployment.of(installed).byIstioInstallation().replicas(2, 4))
            .namespace(
                Expanded.SHOP,
                Egress.to("a.example").http2(80).via(EDGE),
                Egress.to("git.example").tcp(22).at("203.0.113.9").via(own),
                Egress.to("b.example").tls(443).via(installed)));
  }

  @Test
  void namespacesThatCloseThemselves() {
    verifyAsSaid(
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .namespace(
                MeshNamespace.named("bank")
                    .lockedDown()
                    .networkPolicy(NetworkReach.declared().toAddresses("10.20.0.0/16", "fd20::1")),
                Egress.to("a.example").http(80).originateTls().toPort(8443).via(EDGE),
                Egress.to("b.example").http(80).originateTls().toPort(8443).direct(),
                Egress.to("b.example").tls(443).direct(),
                Egress.to("db.example").tcp(5432).at("203.0.113.3", "2001:db8::3").direct(),
                Egress.to("net.example").tcp(5432).at("198.51.100.0/24").direct())
            .namespace(
                MeshNamespace.named("egress").networkPolicy(),
                Egress.to("c.example").tls(443).via(EDGE))
            .namespace(
                MeshNamespace.named("labs").allowAny(), Egress.to("d.example").http(80).direct())
            .namespace(
                MeshNamespace.named("shop")
                    .sidecarScope("orders/*", "common/stock.common.svc.cluster.local")
                    .networkPolicy(NetworkReach.declared().withinNamespace().toPublicAddresses()),
                Egress.to("f.example").tls(443).via(EDGE),
                Egress.to("g.example").http(80).via(EDGE),
                Egress.toAnyOf("*.e.example").unresolved().tls(443).direct()));
  }

  @Test
  void anotherHostAnswersByItsOwnName() {
    AnsweredHost.Renamed api = Egress.to("api.old.example").answeredBy("api.new.example");
    verifyAsSaid(
        shop(
            api.http(80).direct(),
            api.grpc(443).originateTls().toPort(8443).via(EDGE),
            Egress.to("b.example").answeredBy("c.example").http(8080).originateTls().direct(),
            Egress.to("d.example")
                .answeredBy("e.example")
                .http(80)
                .via(EDGE.overIstioMutualTls())
                .timeout(Duration.ofSeconds(3))));
  }

  @Test
  void aShareOfTheCallsToAnotherHost() {
    AnsweredHost.Shared api = Egress.to("api.example").canary("api-next.example", 10);
    AnsweredHost.Shared other = Egress.to("b.example").canary("c.example", 1);
    verifyAsSaid(
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .namespace(
                MeshNamespace.named("bank"),
                other.http(80).originateTls().via(EDGE),
                other.tls(443).via(EDGE).connections(10))
            .namespace(
                MeshNamespace.named("shop"),
                api.http(80).originateTls().direct(),
                api.tls(443).direct(),
                other.http(80).originateTls().via(EDGE),
                Egress.to("d.example")
                    .canary("e.example", 50)
                    .tls(443)
                    .via(EDGE.overIstioMutualTls())));
  }

  @Test
  void aSecondHostWhileTheFirstIsLeftAlone() {
    AnsweredHost.Shared api =
        Egress.to("api.example").otherwise("api.backup.example", Mesh.istio(IstioVersion.V1_31));
    verifyAsSaid(
        shop(
            api.http(80).originateTls().direct(),
            api.tls(443).direct().ejectAfter(Ejection.consecutiveGatewayErrors(2)),
            Egress.to("b.example")
                .otherwise("c.example", Mesh.istio(IstioVersion.V1_31))
                .tls(443)
                .via(EDGE),
            Egress.to("d.example")
                .otherwise("e.example", Mesh.istio(IstioVersion.V1_31))
                .http(80)
                .via(EDGE)
                .connections(5)));
  }

  @Test
  void tunnelsThroughAForwardProxy() {
    ForwardProxy squid = ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4", "10.9.0.5");
    verifyAsSaid(
        shop(
            Egress.to("a.example").tls(443).via(squid).connections(5),
            Egress.to("a.example").tls(8443).via(squid),
            Egress.to("a.example").http(80).direct(),
            Egress.to("b.example").tcp(22).at("203.0.113.3").via(squid),
            Egress.to("squid.corp.example").tcp(3128).at("10.9.0.4", "10.9.0.5").direct()));
  }

  @Test
  void tunnelsBehindAGateway() {
    ForwardProxy squid = ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4");
    EgressGateway edge = EDGE.port(22, 22).port(8444, 8444);
    verifyAsSaid(
        shop(
            Egress.to("a.example").tls(443).via(edge.through(squid)).connections(5),
            Egress.to("b.example").tls(443).via(edge.through(squid)),
            Egress.to("b.example").tls(8444).via(edge),
            Egress.to("c.example")
                .tls(8444)
                .via(edge.through(squid))
                .from(Callers.serviceAccount("shop", "till"))
                .visible(Visibility.AS_ASKED),
            Egress.to("d.example").tcp(22).at("203.0.113.3").via(edge.through(squid)),
            Egress.to("e.example").tls(443).via(squid)));
  }

  @Test
  void aForwardProxyThatNobodyDialsByItself() {
    verifyAsSaid(
        shop(
            Egress.to("a.example")
                .tls(443)
                .via(ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4"))
                .named("updates"),
            Egress.to("b.example").http(80).via(EDGE),
            Egress.to("b.example")
                .tls(443)
                .via(ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4"))));
  }

  @Test
  void aNamespaceThatOnlyAForwardProxyLeadsOutOf() {
    verifyAsSaid(
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(
                MeshNamespace.named("shop").lockedDown(),
                Egress.to("a.example")
                    .tls(443)
                    .via(ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4"))));
  }
}
