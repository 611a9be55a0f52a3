namespace OnnxChat.ModelTools.CommandLine;

/// <summary>The model of a command line that names none: <c>models/starter</c>.</summary>
internal static class StarterModel
{
    /// <summary>Looks beside the program and in the working folder, and in the folders above both.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static string Find()
    {
        string[] starts = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        return starts.SelectMany(Upwards).Select(folder => Path.Combine(folder, "models", "starter")).FirstOrDefault(Directory.Exists)
            ?? throw new UserException($"There is no models/starter in {starts[0]}, beside the program, or above them. Name a model folder with --model.");
    }

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
