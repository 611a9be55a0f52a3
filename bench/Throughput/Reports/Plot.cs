using System.Globalization;
using System.Text;
using OnnxChat.Throughput.Engines;
using OnnxChat.Throughput.Measuring;

namespace OnnxChat.Throughput.Reports;

/// <summary>Bars of tokens a second as SVG, each level relative to its slowest peer: a plotting library would bring half a gigabyte of natives.</summary>
internal sealed class Plot(Results results)
{
    private const int Width = 720;
    private const int Height = 360;
    private const int Left = 50;
    private const int Bottom = 60;
    private const int Top = 50;

    private static readonly string[] Colors = ["#8a8f98", "#2f6fde", "#e0923b"];

    /// <summary>The engine whose bar is 1: llama.cpp, or GenAI's loop where it is left out.</summary>
    private EngineKind Base => results.HasLlama ? EngineKind.Llama : EngineKind.Raw;

    public string Write()
    {
        var bars = Scenarios.Levels.Select(level => results.Engines.Select(engine => results.Ratios(engine, Base, Scenarios.Level(level), m => m.TokensPerSecond).Median()).ToArray()).ToArray();
        var top = Math.Ceiling(bars.SelectMany(b => b).Max() * 2) / 2;
        var unit = (Height - Top - Bottom) / top;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\">Tokens a second, {MarkdownReport.NameOf(Base)} = 1 ({Scenarios.PromptTokens} + {Scenarios.NewTokens} tokens, higher is better)</text>");
        for (var tick = 0.0; tick <= top; tick += 0.5)
        {
            var y = Height - Bottom - (tick * unit);
            Line(svg, $"<line x1=\"{Left}\" x2=\"{Width - 20}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{tick:0.0}</text>");
        }

        var group = (Width - Left - 20) / (double)bars.Length;
        var width = group * 0.8 / results.Engines.Count;
        for (var level = 0; level < bars.Length; level++)
        {
            for (var engine = 0; engine < bars[level].Length; engine++)
            {
                var (x, height) = (Left + (level * group) + (group * 0.1) + (engine * width), bars[level][engine] * unit);
                Line(svg, $"<rect x=\"{x:0.#}\" y=\"{Height - Bottom - height:0.#}\" width=\"{width - 4:0.#}\" height=\"{height:0.#}\" fill=\"{ColorOf(results.Engines[engine])}\"/>");
                Line(svg, $"<text x=\"{x + (width / 2) - 2:0.#}\" y=\"{Height - Bottom - height - 4:0.#}\" text-anchor=\"middle\">{bars[level][engine]:0.00}</text>");
            }

            var name = Scenarios.Levels[level] == 1 ? "1 request" : $"{Scenarios.Levels[level]} requests";
            Line(svg, $"<text x=\"{Left + ((level + 0.5) * group):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{name}</text>");
        }

        for (var engine = 0; engine < results.Engines.Count; engine++)
        {
            var x = Left + (engine * 200);
            Line(svg, $"<rect x=\"{x}\" y=\"{Height - 24}\" width=\"12\" height=\"12\" fill=\"{ColorOf(results.Engines[engine])}\"/>");
            Line(svg, $"<text x=\"{x + 18}\" y=\"{Height - 14}\">{MarkdownReport.NameOf(results.Engines[engine])}</text>");
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static string ColorOf(EngineKind engine) => Colors[(int)engine];

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
