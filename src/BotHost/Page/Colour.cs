using System.Globalization;

namespace OnnxChat.BotHost.Page;

/// <summary>A colour of the sRGB space, 0 to 255 a channel.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The contrast at which text can be read, by the Web Content Accessibility Guidelines (level AA).</summary>
    public const double Readable = 4.5;

    public static readonly Colour Black = new(0, 0, 0);
    public static readonly Colour White = new(255, 255, 255);

    private const int Steps = 50;

    /// <param name="text"><c>#rrggbb</c>.</param>
    public static Colour Parse(string text) => new(Channel(text, 1), Channel(text, 3), Channel(text, 5));

    /// <summary>How far two colours stand apart, 1 to 21.</summary>
    public double Contrast(Colour other)
    {
        var (light, dark) = (Luminance, other.Luminance);
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    /// <summary>This colour, or the nearest one towards <paramref name="towards"/> that can be read on each of the backgrounds.</summary>
    public Colour ReadableOn(Colour towards, params ReadOnlySpan<Colour> backgrounds)
    {
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(towards, step / (double)Steps);
            if (mixed.IsReadableOn(backgrounds))
                return mixed;
        }

        return towards;
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private bool IsReadableOn(ReadOnlySpan<Colour> backgrounds)
    {
        foreach (var background in backgrounds)
        {
            if (Contrast(background) < Readable)
                return false;
        }

        return true;
    }

    private Colour Mix(Colour other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Channel(string text, int at) => byte.Parse(text.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
