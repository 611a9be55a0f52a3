namespace Microsoft.Bot.Builder;

/// <summary>An object that is written only where nobody else has written it since it was read.</summary>
public interface IStoreItem
{
    /// <summary>The version that was read; <c>*</c> to write whatever the version is.</summary>
    string ETag { get; set; }
}
