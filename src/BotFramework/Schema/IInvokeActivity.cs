namespace Microsoft.Bot.Schema;

/// <summary>A request that waits for an <c>InvokeResponse</c>.</summary>
public interface IInvokeActivity : IActivity
{
    string Name { get; set; }

    ConversationReference RelatesTo { get; set; }

    object Value { get; set; }
}
