namespace Microsoft.Bot.Schema;

/// <summary>A note for the developer, shown by the Emulator only.</summary>
public interface ITraceActivity : IActivity
{
    string Label { get; set; }

    string Name { get; set; }

    ConversationReference RelatesTo { get; set; }

    object Value { get; set; }

    string ValueType { get; set; }
}
