package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The text of a tree in one style for ever: two-space indent, lists indented under their key, lines
 * never folded. Written here and not by a library, whose next release might write other bytes.
 */
final class YamlText {

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The text of a tree of objects, lists and values; nulls are left out. */
  static String of(JsonNode tree) {
    YamlText text = new YamlText();
    if (tree.isContainerNode() && !tree.isEmpty()) {
      text.block(tree, 0);
    } else {
      text.scalar(tree, 0);
      text.out.append('\n');
    }
    return text.out.toString();
  }

  private void block(JsonNode node, int indent) {
    if (node.isObject()) {
      fields(node, indent, false);
    } else {
      items(node, indent, false);
    }
  }

  /** The cursor stands behind {@code "- "} where inline, at the begin of a line otherwise. */
  private void fields(JsonNode object, int indent, boolean inline) {
    boolean placed = inline;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        continue;
      }
      if (!placed) {
        indent(indent);
      }
      placed = false;
      out.append(TextStyle.inline(field.getKey())).append(':');
      if (hasContent(value)) {
        out.append('\n');
        block(value, indent + 2);
      } else {
        out.append(' ');
        scalar(value, indent + 2);
        out.append('\n');
      }
    }
  }

  private void items(JsonNode list, int indent, boolean inline) {
    boolean placed = inline;
    for (JsonNode item : list) {
      if (item.isNull()) {
        continue;
      }
      if (!placed) {
        indent(indent);
      }
      placed = false;
      out.append("- ");
      if (!hasContent(item)) {
        scalar(item, indent + 2);
        out.append('\n');
      } else if (item.isObject()) {
        fields(item, indent + 2, true);
      } else {
        items(item, indent + 2, true);
      }
    }
  }

  private static boolean hasContent(JsonNode node) {
    if (node.isContainerNode()) {
      for (JsonNode child : node) {
        if (!child.isNull()) {
          return true;
        }
      }
    }
    return false;
  }

  private void scalar(JsonNode node, int indent) {
    if (node.isObject()) {
      out.append("{}");
    } else if (node.isArray()) {
      out.append("[]");
    } else if (node.isTextual() || node.isBinary()) {
      text(node.asText(), indent);
    } else if (node.isFloatingPointNumber()) {
      out.append(decimal(node));
    } else {
      out.append(node.asText());
    }
  }

  private void text(String text, int indent) {
    if (!TextStyle.isBlock(text)) {
      out.append(TextStyle.inline(text));
      return;
    }
    boolean ended = text.endsWith("\n");
    out.append(ended ? "|" : "|-");
    String lines = ended ? text.substring(0, text.length() - 1) : text;
    for (String line : lines.split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        indent(indent);
        out.append(line);
      }
    }
  }

  /** Never with an exponent: readers differ about those. */
  private static String decimal(JsonNode node) {
    if (!Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException(
          "The number %s cannot be written: give a finite one".formatted(node.asText()));
    }
    BigDecimal value = node.decimalValue().stripTrailingZeros();
    if (value.scale() < 1) {
      value = value.setScale(1);
    }
    return value.toPlainString();
  }

  private void indent(int columns) {
    out.append(" ".repeat(columns));
  }
}
