package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a route's match fits a request. */
final class RouteMatchTest {

  private static final Call CALL =
      Call.to(Caller.parse("app/app=sleep"), "http://api.example.org/v1/Users?id=7&sort=up")
          .with("", "", "", Map.of("X-Team", "web", "x-a", "1"));

  private static boolean matches(String match) {
    TestMesh mesh =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            virtualService(
                "app/api",
                """
                hosts: [api.example.org]
                http:
                - name: matched
                  match: [%s]
                  route: [{destination: {host: api.example.org}, headers: {}}]
                - name: rest
                  redirect: {uri: /rest}
                """
                    .formatted(match.startsWith("{") ? match : "{" + match + "}")));
    TracedCall call = mesh.call(CALL);
    return call.trace().outcome() == Outcome.EXTERNAL;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "uri: {exact: /v1/Users}; true",
        "uri: {exact: /v1}; false",
        "uri: {exact: '/v1/Users?id=7&sort=up'}; false",
        "uri: {exact: /v1/users}; false",
        "{uri: {exact: /V1/users}, ignoreUriCase: true}; true",
        "uri: {prefix: /v1}; true",
        "uri: {prefix: /v1/Us}; true",
        "uri: {prefix: /v2}; false",
        "uri: {prefix: /V1/u}; false",
        "{uri: {prefix: /V1/u}, ignoreUriCase: true}; true",
        "uri: {regex: '/v[0-9]/.*'}; true",
        "uri: {regex: '/v[0-9]'}; false",
        "{uri: {regex: '/V1/.*'}, ignoreUriCase: true}; false"
      })
  void uri(String match, boolean fits) {
    assertThat(matches(match)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "headers: {x-team: {exact: web}}; true",
        "headers: {x-team: {prefix: we}}; true",
        "headers: {x-team: {regex: 'w.b'}}; true",
        "headers: {x-team: {exact: other}}; false",
        "headers: {x-none: {exact: web}}; false",
        "headers: {x-team: {}}; true",
        "headers: {x-none: {}}; false",
        "headers: {x-team: {exact: web}, x-a: {exact: '2'}}; false",
        "headers: {':authority': {exact: api.example.org}}; true",
        "headers: {':method': {exact: GET}}; true",
        "withoutHeaders: {x-team: {exact: web}}; false",
        "withoutHeaders: {x-team: {exact: other}}; true",
        "withoutHeaders: {x-none: {exact: web}}; true",
        "withoutHeaders: {x-none: {}}; true",
        "withoutHeaders: {x-team: {}}; false"
      })
  void headers(String match, boolean fits) {
    assertThat(matches(match)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "queryParams: {id: {exact: '7'}}; true",
        "queryParams: {sort: {regex: 'u.'}}; true",
        "queryParams: {sort: {prefix: u}}; true",
        "queryParams: {id: {exact: '8'}}; false",
        "queryParams: {none: {exact: '7'}}; false",
        "queryParams: {id: {exact: '7'}, sort: {exact: down}}; false"
      })
  void query(String match, boolean fits) {
    assertThat(matches(match)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "method: {exact: GET}; true",
        "method: {exact: POST}; false",
        "method: {regex: 'GET|HEAD'}; true",
        "authority: {exact: api.example.org}; true",
        "authority: {prefix: www}; false",
        "scheme: {exact: http}; true",
        "scheme: {exact: https}; false",
        "{method: {exact: GET}, uri: {prefix: /v2}}; false",
        "sourceLabels: {app: sleep}; true",
        "sourceLabels: {app: web}; false",
        "sourceNamespace: app; true",
        "sourceNamespace: shop; false",
        "port: 80; true",
        "port: 8080; false",
        "{gateways: [mesh], sourceLabels: {app: web}}; true"
      })
  void theRest(String match, boolean fits) {
    assertThat(matches(match)).isEqualTo(fits);
  }

  @Test
  void anyOfSeveralMatchesIsEnough() {
    assertThat(matches("{method: {exact: POST}}, {uri: {prefix: /v1}}")).isTrue();
  }
}
