package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.istioegress.resource.ResourceKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FieldOrderTest {

  private static String ordered(ResourceKind kind, String json) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(json.replace('\'', '"'));
    return FieldOrder.of(kind, tree).toString().replace('"', '\'');
  }

  @Test
  void theHeadOfEveryResource() throws IOException {
    assertThat(
            ordered(
                ResourceKind.CONFIG_MAP,
                "{'data':{'b':'1','a':'2'},'metadata':{'labels':{'b':'1','a':'2'},'uid':'u',"
                    + "'annotations':{},'namespace':'n','name':'m'},'kind':'K','apiVersion':'v1'}"))
        .isEqualTo(
            "{'apiVersion':'v1','kind':'K','metadata':{'name':'m','namespace':'n',"
                + "'labels':{'a':'2','b':'1'},'annotations':{},'uid':'u'},"
                + "'data':{'b':'1','a':'2'}}");
  }

  @Test
  void aRouteReadsFromMatchToRetries() throws IOException {
    assertThat(
            ordered(
                ResourceKind.VIRTUAL_SERVICE,
                "{'spec':{'tls':[],'http':[{'timeout':'1s','route':[{'weight':1,"
                    + "'destination':{'port':{},'host':'h','subset':'s'}}],'name':'n',"
                    + "'zebra':1,'alpha':2,"
                    + "'match':[{'uri':{},'port':80,'headers':{'b':{},'a':{}},"
                    + "'gateways':['mesh']}]}],'exportTo':[],'hosts':[]}}"))
        .isEqualTo(
            "{'spec':{'hosts':[],'exportTo':[],'http':[{'name':'n','match':[{"
                + "'gateways':['mesh'],'port':80,'uri':{},'headers':{'a':{},'b':{}}}],"
                + "'route':[{'destination':{'host':'h','subset':'s','port':{}},'weight':1}],"
                + "'timeout':'1s','alpha':2,'zebra':1}],'tls':[]}}");
  }

  @Test
  void whatIsNotInTheTableKeepsItsOrder() throws IOException {
    String operator = "{'spec':{'profile':'p','components':{'b':1,'a':2},'addons':{}}}";
    assertThat(ordered(ResourceKind.ISTIO_OPERATOR, operator)).isEqualTo(operator);
    assertThat(ordered(ResourceKind.OTHER, operator)).isEqualTo(operator);
  }

  @Test
  void aSpecOfAnotherFormIsLeftAlone() throws IOException {
    assertThat(ordered(ResourceKind.GATEWAY, "{'spec':[1,2]}")).isEqualTo("{'spec':[1,2]}");
  }
}
