namespace Microsoft.Bot.Builder;

/// <summary>A property of a bot's state.</summary>
public interface IStatePropertyInfo
{
    string Name { get; }
}
