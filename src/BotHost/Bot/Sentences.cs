using System.Globalization;
using System.Resources;

namespace OnnxChat.BotHost.Bot;

/// <summary>What the bot says of its own, in one language. The words are in Sentences.resx and its translations.</summary>
internal sealed class Sentences(CultureInfo culture)
{
    private static readonly ResourceManager Resources = new(typeof(Sentences));

    public string AttachmentsOnly => Text(nameof(AttachmentsOnly));

    public string EmptyMessage => Text(nameof(EmptyMessage));

    public string NoAnswer => Text(nameof(NoAnswer));

    public string Unsure => Text(nameof(Unsure));

    public string TooLongForModel => Text(nameof(TooLongForModel));

    public string Busy => Text(nameof(Busy));

    public string Welcome(string name) => Text(nameof(Welcome), name);

    public string Help(string name) => Text(nameof(Help), name);

    /// <param name="length">Characters in the message.</param>
    /// <param name="limit">Characters that the bot reads.</param>
    public string TooLong(int length, int limit) => Text(nameof(TooLong), length, limit);

    public string Error(string requestId) => Text(nameof(Error), requestId);

    public string TimedOut(string requestId) => Text(nameof(TimedOut), requestId);

    private string Text(string name, params object[] values) =>
        string.Format(culture, Resources.GetString(name, culture) ?? throw new MissingManifestResourceException($"Sentences.resx has no '{name}'."), values);
}
