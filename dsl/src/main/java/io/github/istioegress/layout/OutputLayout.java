package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;
import java.util.List;
import java.util.Map;

/**
 * A way to spread resources over files. It is asked for one resource, or for one file, at a time:
 * whoever renders need not have a whole fleet in memory.
 */
public interface OutputLayout {

  /** The name by which a build chooses it. */
  String name();

  /** Where a resource lies, told from the resource alone. */
  String path(Resource resource);

  /** Annotations that the layout adds to a resource; none where the resource stays as it is. */
  default Map<String, String> annotations(Resource resource) {
    return Map.of();
  }

  /**
   * The text of a file of resources.
   *
   * @param path where it lies
   * @param yaml its resources
   */
  default String text(String path, String yaml) {
    return yaml;
  }

  /** The resources of such a text, as the cluster gets them: what {@link #text} was made of. */
  default String yaml(String path, String text) {
    return text;
  }

  /** The files beside those of the resources, made of what lies where. */
  default List<RenderedFile> index(Placement placement) {
    return List.of();
  }
}
