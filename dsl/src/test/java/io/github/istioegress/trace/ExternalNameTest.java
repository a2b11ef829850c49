package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of type ExternalName: other names of a host, not hosts by themselves. */
final class ExternalNameTest {

  private static final String NEWS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: news, namespace: app}
      spec:
        type: ExternalName
        externalName: edition.cnn.com
        ports: [{name: http, port: 80}]
      """;

  private static final String CNN =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: cnn, namespace: app}
      spec:
        hosts: [edition.cnn.com]
        ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
        resolution: DNS
      """;

  @ParameterizedTest
  @ValueSource(strings = {"news", "news.app", "news.app.svc", "news.app.svc.cluster.local"})
  void eachOfItsNamesLeadsToTheHost(String name) {
    TestMesh.of(NEWS, CNN)
        .registryOnly()
        .call("app", "http://" + name + "/")
        .leavesDirectly(
            "0.0.0.0_80 > edition.cnn.com:80 > outbound|80||edition.cnn.com (STRICT_DNS)");
  }

  @Test
  void itsPortsDoNotCount() {
    TestMesh.of(NEWS, CNN)
        .registryOnly()
        .call("app", "https://news.app/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||edition.cnn.com (STRICT_DNS)");
  }

  @Test
  void aloneItIsNothing() {
    TestMesh.of(NEWS)
        .registryOnly()
        .call("app", "http://news.app/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > block_all");
  }

  @Test
  void anotherNameOfAnotherName() {
    String more =
        NEWS.replace("name: news", "name: more")
            .replace("edition.cnn.com", "news.app.svc.cluster.local");
    TestMesh.of(more, NEWS, CNN)
        .registryOnly()
        .call("app", "http://more.app/")
        .leavesDirectly(
            "0.0.0.0_80 > edition.cnn.com:80 > outbound|80||edition.cnn.com (STRICT_DNS)");
  }

  @Test
  void namesInACircleAreNothing() {
    String one = NEWS.replace("edition.cnn.com", "more.app.svc.cluster.local");
    String other = one.replace("name: news", "name: more").replace("more.app.", "news.app.");
    assertThat(
            TestMesh.of(one, other, CNN)
                .registryOnly()
                .call("app", "http://news.app/")
                .trace()
                .outcome())
        .isEqualTo(Outcome.BLOCKED);
  }
}
