namespace Microsoft.Bot.Schema;

/// <summary>The outcome of a command.</summary>
public interface ICommandResultActivity : IActivity
{
    string Name { get; set; }

    object Value { get; set; }
}
