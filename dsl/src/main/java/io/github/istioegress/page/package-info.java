/** Draws traces: flowcharts of Mermaid and a page of HTML. */
@NullMarked
package io.github.istioegress.page;

import org.jspecify.annotations.NullMarked;
