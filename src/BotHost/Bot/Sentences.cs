using System.Globalization;
using System.Resources;

namespace OnnxChat.BotHost.Bot;

/// <summary>What the bot says of its own, in one language. The words are in Sentences.resx and its translations.</summary>
internal sealed class Sentences(CultureInfo culture)
{
    private static readonly ResourceManager Resources = new(typeof(Sentences));

    /// <summary>The language's name, as in <c>zh-Hans</c>.</summary>
    public string Language => culture.Name;

    public string AttachmentsIgnored => Text(nameof(AttachmentsIgnored));

    public string AttachmentsOnly => Text(nameof(AttachmentsOnly));

    public string EmptyMessage => Text(nameof(EmptyMessage));

    public string NoAnswer => Text(nameof(NoAnswer));

    public string Unsure => Text(nameof(Unsure));

    public string TooLongForModel => Text(nameof(TooLongForModel));

    public string Busy => Text(nameof(Busy));

    /// <summary>What is shown while there is no answer yet.</summary>
    public string Looking => Text(nameof(Looking));

    /// <summary>What a customer says, or presses, to reach a person.</summary>
    public string TalkToPerson => Text(nameof(TalkToPerson));

    public string HandOffAsked => Text(nameof(HandOffAsked));

    public string HandOffNobody => Text(nameof(HandOffNobody));

    public string HandOffAlready => Text(nameof(HandOffAlready));

    public string PersonLeft => Text(nameof(PersonLeft));

    public string Welcome(string name) => Text(nameof(Welcome), name);

    public string Help(string name) => Text(nameof(Help), name);

    /// <param name="length">Characters in the message.</param>
    /// <param name="limit">Characters that the bot reads.</param>
    public string TooLong(int length, int limit) => Text(nameof(TooLong), length, limit);

    public string Error(string requestId) => Text(nameof(Error), requestId);

    public string TimedOut(string requestId) => Text(nameof(TimedOut), requestId);

    public string HandOffContact(string contact) => Text(nameof(HandOffContact), contact);

    public string PersonJoined(string person) => Text(nameof(PersonJoined), person);

    private string Text(string name, params object[] values) =>
        string.Format(culture, Resources.GetString(name, culture) ?? throw new MissingManifestResourceException($"Sentences.resx has no '{name}'."), values);
}
