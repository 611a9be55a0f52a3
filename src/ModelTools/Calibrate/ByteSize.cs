using System.Globalization;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary>Sizes as people write them: 500KB, 4MB. A KB has 1,000 bytes.</summary>
internal static class ByteSize
{
    private const long Least = 1_000, Most = 1_000_000_000;

    private static readonly (string Unit, long Bytes)[] Units = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

    /// <returns>False where it is no size from 1 KB to 1 GB.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        var (unit, factor) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? text : text[..^unit.Length];
        var valid = decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var value)
            && value <= Most;
        bytes = valid ? (long)(value * Math.Max(1, factor)) : 0;
        return bytes is >= Least and <= Most;
    }

    public static string Write(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.##} MB");
}
