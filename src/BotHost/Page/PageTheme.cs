using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Page;

/// <summary>The company's colour in the page's light and dark form, each so that it can be read as text and under text.</summary>
internal sealed class PageTheme(IOptions<PageOptions> options)
{
    // As chat.css has them: what the accent stands on, and the page's own accent.
    private static readonly Colour Default = Colour.Parse("#2456d6");
    private static readonly Colour DarkText = Colour.Parse("#0b1430");
    private static readonly Colour[] LightSurfaces = [Colour.White, Colour.Parse("#f3f5f9"), Colour.Parse("#eef1f6")];
    private static readonly Colour[] DarkSurfaces = [DarkText, Colour.Parse("#16181d"), Colour.Parse("#22262e"), Colour.Parse("#242831")];

    private readonly Colour? _accent = options.Value.Accent is { Length: > 0 } accent ? Colour.Parse(accent) : null;

    public Colour Light => (_accent ?? Default).ReadableOn(Colour.Black, LightSurfaces);

    public Colour Dark => (_accent ?? Default).ReadableOn(Colour.White, DarkSurfaces);

    /// <summary>The custom properties that go over those of chat.css; empty where the page keeps its own.</summary>
    public string Css => _accent is null
        ? ""
        : $":root{{--accent:{Light};--on-accent:{Colour.White}}}@media (prefers-color-scheme:dark){{:root{{--accent:{Dark};--on-accent:{DarkText}}}}}";
}
