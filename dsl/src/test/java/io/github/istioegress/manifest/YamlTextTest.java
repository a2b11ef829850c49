package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {

  private static String yaml(String json) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(json.replace('\'', '"'));
    return YamlText.of(tree);
  }

  @Test
  void listsAreIndentedUnderTheirKey() throws IOException {
    assertThat(yaml("{'a':['b',{'c':1,'d':[true]},['e','f']]}"))
        .isEqualTo(
            """
            a:
              - b
              - c: 1
                d:
                  - true
              - - e
                - f
            """);
  }

  @Test
  void emptyIsWrittenInPlace() throws IOException {
    assertThat(yaml("{'a':{},'b':[],'c':'','d':[{},[]]}"))
        .isEqualTo(
            """
            a: {}
            b: []
            c: ""
            d:
              - {}
              - []
            """);
  }

  @Test
  void nullsLeaveNoTrace() throws IOException {
    assertThat(yaml("{'a':null,'b':{'c':null},'d':[null],'e':[{'f':null,'g':1}]}"))
        .isEqualTo(
            """
            b: {}
            d: []
            e:
              - g: 1
            """);
  }

  @Test
  void aRootMayBeAnything() throws IOException {
    assertThat(yaml("['a',1]")).isEqualTo("- a\n- 1\n");
    assertThat(yaml("'on'")).isEqualTo("\"on\"\n");
    assertThat(yaml("{}")).isEqualTo("{}\n");
  }

  @Test
  void blocksFollowTheirPlace() throws IOException {
    assertThat(yaml("{'a':{'b':'x\\ny\\n'},'c':['p\\n\\nq',{'d':'r\\ns'}]}"))
        .isEqualTo(
            """
            a:
              b: |
                x
                y
            c:
              - |-
                p

                q
              - d: |-
                  r
                  s
            """);
  }

  @Test
  void keysAreQuotedAsValuesAre() throws IOException {
    assertThat(yaml("{'on':1,'a: b':2,'istio.io/rev':3,'a\\nb':4,'':5}"))
        .isEqualTo(
            """
            "on": 1
            "a: b": 2
            istio.io/rev: 3
            "a\\nb": 4
            "": 5
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "-5,-5",
    "12345678901234567890,12345678901234567890",
    "1.5,1.5",
    "1.0,1.0",
    "1e3,1000.0",
    "1e-7,0.0000001",
    "-2.50,-2.5",
    "0.0,0.0",
    "true,true"
  })
  void numbersHaveNoExponent(String json, String text) throws IOException {
    assertThat(yaml("{'a':" + json + "}")).isEqualTo("a: " + text + "\n");
  }
}
