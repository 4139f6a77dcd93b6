/// What makes a flame graph answer to clicks: runs in a browser, inside the SVG.
enum FlameGraphScript {
    static func text(marginPixels: Int, innerPixels: Int, characterPixels: Double) -> String {
        """
        'use strict';
        (function () {
          const margin = \(marginPixels), inner = \(innerPixels), letter = \(characterPixels);
          const root = document.getElementById('boxes');
          const boxes = Array.from(root.children, g => ({
            g, rect: g.querySelector('rect'), text: g.querySelector('text'), label: g.dataset.label,
            start: +g.dataset.start, count: +g.dataset.count, y: +g.querySelector('rect').getAttribute('y'),
          }));
          const total = +root.dataset.samples;
          function show(start, count, y) {
            const scale = inner / count;
            for (const box of boxes) {
              const isBelow = box.y > y;
              const isOutside = box.start + box.count <= start || box.start >= start + count;
              box.g.classList.toggle('hidden', isOutside);
              box.g.classList.toggle('faded', isBelow);
              if (isOutside) continue;
              const from = Math.max(box.start, start), to = Math.min(box.start + box.count, start + count);
              const x = margin + (from - start) * scale, width = (to - from) * scale;
              box.rect.setAttribute('x', x);
              box.rect.setAttribute('width', width);
              box.text.setAttribute('x', x + 3);
              const room = Math.floor((width - 6) / letter);
              box.text.textContent = box.label.length <= room ? box.label
                : room < 3 ? '' : box.label.slice(0, room - 1) + '\\u2026';
            }
          }
          for (const box of boxes) box.g.addEventListener('click', () => show(box.start, box.count, box.y));
          document.getElementById('search').addEventListener('click', () => {
            const wanted = prompt('Regular expression; empty shows none');
            if (wanted === null) return;
            let expression = null;
            try { expression = wanted ? new RegExp(wanted, 'i') : null; } catch (error) { return; }
            const found = [];
            for (const box of boxes) {
              const matches = expression !== null && expression.test(box.g.querySelector('title').textContent);
              box.g.classList.toggle('match', matches);
              if (matches) found.push(box);
            }
            // A match above another one is counted with it.
            found.sort((a, b) => a.start - b.start || b.count - a.count);
            let covered = 0, end = 0;
            for (const box of found) {
              const boxEnd = box.start + box.count;
              if (boxEnd > end) { covered += boxEnd - Math.max(end, box.start); end = boxEnd; }
            }
            document.getElementById('found').textContent =
              expression === null || total === 0 ? ' ' : (100 * covered / total).toFixed(2) + ' % matched';
          });
        })();
        """
    }
}
