using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Npm;

public sealed class FetchFailureTests
{
    [Fact]
    public async Task FetchAsync_OtherHash_NamesBothAndLeavesNothing()
    {
        var expected = new string('a', 128);
        using var project = new PackageProject(sha512: expected);

        var result = await project.FetchAsync(project.Npm().SearchPath);

        var error = AssertFailed(result, project);
        Assert.Contains(project.Hash, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("2. copy the folder ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NoNpm_SaysBothWaysOut()
    {
        using var project = new PackageProject(withoutIt: "build with -p:Other=true.");

        // A PATH without npm, and without anything else.
        var result = await project.FetchAsync(project.Beside("nothing-here"));

        var error = AssertFailed(result, project);
        Assert.Contains("npm is not on the PATH", error, StringComparison.Ordinal);
        Assert.Contains("2. build with -p:Other=true.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NpmFails_RepeatsWhatItSaid()
    {
        using var project = new PackageProject();
        var npm = project.Npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network This is a problem' >&2; exit 1");

        var result = await project.FetchAsync(npm.SearchPath);

        var error = AssertFailed(result, project);
        Assert.Contains("npm ended with 1: npm error code ENOTFOUND npm error network This is a problem", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_MemberNotInTheTarball_NamesIt()
    {
        using var project = new PackageProject(members: "LICENSE absent.js");

        var result = await project.FetchAsync(project.Npm().SearchPath);

        Assert.Contains("package/absent.js", AssertFailed(result, project), StringComparison.Ordinal);
    }

    private static string AssertFailed(BuildResult result, PackageProject project)
    {
        var error = result.AssertOnlyError("NPM001");
        Assert.Contains("@house/tiny 1.2.3", error, StringComparison.Ordinal);
        Assert.Contains("1. install Node.js (npm on the PATH)", error, StringComparison.Ordinal);
        Assert.Empty(project.Folders);
        return error;
    }
}
