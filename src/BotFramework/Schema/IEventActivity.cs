namespace Microsoft.Bot.Schema;

/// <summary>A named event with a value.</summary>
public interface IEventActivity : IActivity
{
    string Name { get; set; }

    ConversationReference RelatesTo { get; set; }

    object Value { get; set; }
}
