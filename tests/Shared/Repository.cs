namespace OnnxChat.Testing;

/// <summary>Paths in the checkout that the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Connector.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below <c>tests/fixtures</c>.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Connector.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Connector.sln; run the tests from a checkout.");
    }
}
