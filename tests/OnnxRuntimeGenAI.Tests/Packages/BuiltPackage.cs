using System.IO.Compression;
using System.Xml.Linq;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>A NuGet package as its file says it is.</summary>
internal sealed record BuiltPackage(string File, XElement Metadata, IReadOnlyList<string> Entries)
{
    /// <summary>The packages that it asks for.</summary>
    public IEnumerable<(string Id, string Version)> Dependencies =>
        Metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (e.Attribute("id")!.Value, e.Attribute("version")!.Value));

    /// <summary>The one package of this id, whatever its version.</summary>
    /// <param name="folder">The folder it was packed into.</param>
    /// <param name="id">The package's id.</param>
    /// <param name="extension">Of the file: <c>nupkg</c>, or <c>snupkg</c> for its symbols.</param>
    public static BuiltPackage Find(string folder, string id, string extension = "nupkg")
    {
        var file = Assert.Single(Directory.GetFiles(folder, $"{id}.?.*.{extension}"));
        using var package = ZipFile.OpenRead(file);
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return new BuiltPackage(file, XDocument.Load(nuspec).Root!.Elements().First(), [.. package.Entries.Select(e => e.FullName)]);
    }

    /// <summary>The text of an element of the metadata; empty where there is none.</summary>
    public string Value(string name) => Metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
}
