namespace Microsoft.Bot.Schema;

/// <summary>A message was deleted.</summary>
public interface IMessageDeleteActivity : IActivity;
