namespace OnnxChat.OnnxRuntimeGenAI.Tests.Npm;

public sealed class FetchTests : IDisposable
{
    private readonly PackageProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task FetchAsync_EmptyCache_KeepsTheNamedMembersAlone()
    {
        var npm = _project.Npm();

        var result = await _project.FetchAsync(npm.SearchPath);

        result.AssertSucceeded();
        Assert.Equal("pack @house/tiny@1.2.3 --silent --ignore-scripts", Assert.Single(npm.Calls));
        Assert.StartsWith("@house+tiny-1.2.3-", Assert.Single(_project.Folders), StringComparison.Ordinal);
        Assert.Equal(["LICENSE", "dist/deep/tiny.js", "dist/tiny.js"], _project.Kept);
    }

    [Fact]
    public async Task FetchAsync_SecondBuild_StartsNoNpm()
    {
        var npm = _project.Npm();
        (await _project.FetchAsync(npm.SearchPath)).AssertSucceeded();

        var second = await _project.FetchAsync(npm.SearchPath);

        second.AssertSucceeded();
        Assert.Single(npm.Calls);
    }

    [Fact]
    public async Task FetchAsync_TwoBuildsAtOnce_BothSucceedWithOneFolder()
    {
        // Opening a pipe waits for its other end: both builds are inside npm, each with nothing in the cache.
        var meeting = _project.Beside("meeting");
        var npm = _project.Npm($"""
            mkfifo '{meeting}' 2>/dev/null && : < '{meeting}' || : > '{meeting}'
            cp '{_project.Tarball}' .
            """);

        var results = await Task.WhenAll(_project.FetchAsync(npm.SearchPath), _project.FetchAsync(npm.SearchPath));

        Assert.All(results, result => result.AssertSucceeded());
        Assert.Equal(2, npm.Calls.Count);
        Assert.Single(_project.Folders);
        Assert.Equal(3, _project.Kept.Count());
    }

    [Fact]
    public async Task FetchAsync_KilledInTheMiddle_LeavesNoFinishedFolder()
    {
        var killer = _project.Npm($"cp '{_project.Tarball}' . && kill -9 $PPID");

        var killed = await _project.FetchAsync(killer.SearchPath);

        Assert.NotEqual(0, killed.ExitCode);
        Assert.Single(killer.Calls);
        Assert.All(_project.Folders, folder => Assert.StartsWith(".fetch-", folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FetchAsync_LeftoversOfKilledBuilds_GoAfterADay()
    {
        var old = Directory.CreateDirectory(Path.Combine(_project.Packages, ".fetch-old"));
        await File.WriteAllTextAsync(Path.Combine(old.FullName, "half.tgz"), "half", TestContext.Current.CancellationToken);
        Directory.SetLastWriteTimeUtc(old.FullName, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));
        Directory.CreateDirectory(Path.Combine(_project.Packages, ".fetch-running"));

        var result = await _project.FetchAsync(_project.Npm().SearchPath);

        result.AssertSucceeded();
        Assert.DoesNotContain(".fetch-old", _project.Folders);
        Assert.Contains(".fetch-running", _project.Folders);
        Assert.Equal(2, _project.Folders.Count);
    }
}
