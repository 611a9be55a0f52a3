namespace Microsoft.Bot.Builder;

/// <summary>Makes accessors of a state's properties.</summary>
public interface IPropertyManager
{
    IStatePropertyAccessor<T> CreateProperty<T>(string name);
}
