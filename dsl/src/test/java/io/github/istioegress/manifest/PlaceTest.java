package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

  private static final Place NAME = Place.leaf(4, 7, "");
  private static final Place DOTTED = Place.leaf(5, 3, "on");
  private static final Place ITEM = new Place(4, 5, "", Map.of("name", NAME), List.of());
  private static final Place LIST = new Place(3, 3, "", Map.of(), List.of(ITEM));
  private static final Place ROOT =
      new Place(1, 1, "", Map.of("servers", LIST, "istio.io/rev", DOTTED), List.of());

  @ParameterizedTest
  @CsvSource({
    "'',1",
    "servers,3",
    "servers[0],4",
    "servers[0].name,4",
    "servers[1],3",
    "servers[],3",
    "servers[x],3",
    "servers[-1],3",
    "servers[99999999999],3",
    "servers[0].other.deeper,4",
    "servers[0,3",
    "istio.io/rev,5",
    "istio,1",
    "other,1",
    "[0],1",
    "..,1"
  })
  void theNearestPlaceIsFound(String path, int line) {
    assertThat(ROOT.nearest(path).line()).isEqualTo(line);
  }
}
