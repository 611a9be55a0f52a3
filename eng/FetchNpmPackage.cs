using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Downloads one npm package with <c>npm pack</c>, checks the tarball's SHA-512 and unpacks the members asked for.
/// The folder appears whole or not at all, also when several builds want it at the same time.
/// </summary>
public class FetchNpmPackage : Task
{
    public string PackageName { get; set; }
    public string Version { get; set; }
    public string Sha512 { get; set; }
    public string Members { get; set; }
    public string Folder { get; set; }
    public string WithoutIt { get; set; }

    public override bool Execute()
    {
        var parent = Path.GetDirectoryName(Folder);
        var work = Path.Combine(parent, ".fetch-" + Guid.NewGuid().ToString("n"));
        try
        {
            Directory.CreateDirectory(work);
            foreach (var leftover in Directory.GetDirectories(parent, ".fetch-*").Where(IsOld))
                Remove(leftover);

            Log.LogMessage(MessageImportance.High, "Fetching {0} {1} with npm (once; kept in {2})", PackageName, Version, parent);

            var packed = Run(Npm, NpmArguments("pack " + PackageName + "@" + Version + " --silent --ignore-scripts"), work);
            if (packed != null)
                return Fail("npm pack did not bring " + PackageName + " " + Version + ": " + packed);

            var tarball = Directory.GetFiles(work, "*.tgz").SingleOrDefault();
            if (tarball == null)
                return Fail("npm pack left no tarball of " + PackageName + " " + Version);

            var actual = Hash(tarball);
            if (!string.Equals(actual, Sha512, StringComparison.OrdinalIgnoreCase))
                return Fail("the tarball of " + PackageName + " " + Version + " has SHA-512 " + actual + ", expected " + Sha512);

            var members = string.Join(" ", Members.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Select(m => "package/" + m));
            var unpacked = Run("tar", "-xzf " + Path.GetFileName(tarball) + " " + members, work);
            if (unpacked != null)
                return Fail("tar did not unpack " + PackageName + " " + Version + ": " + unpacked);

            try
            {
                Directory.Move(Path.Combine(work, "package"), Folder);
            }
            catch (IOException) when (Directory.Exists(Folder))
            {
                // Another build was first; its folder holds the same bytes.
            }

            return true;
        }
        catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
        {
            return Fail("cannot write to " + parent + ": " + e.Message + " (environment variable ONNXCHAT_CACHE names another folder)");
        }
        finally
        {
            Remove(work);
        }
    }

    // No fetch takes a day: a work folder that old belongs to a build that was killed.
    private static bool IsOld(string work)
    {
        return Directory.GetLastWriteTimeUtc(work) < DateTime.UtcNow.AddDays(-1);
    }

    private static void Remove(string work)
    {
        try
        {
            if (Directory.Exists(work))
                Directory.Delete(work, true);
        }
        catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
        {
            // It is only room on the disk, and a later fetch tries again.
        }
    }

    // npm is a script on Windows, which only a shell starts.
    private static string Npm { get { return Path.DirectorySeparatorChar == '\\' ? "cmd" : "npm"; } }

    private static string NpmArguments(string arguments)
    {
        return Path.DirectorySeparatorChar == '\\' ? "/c npm " + arguments : arguments;
    }

    private bool Fail(string what)
    {
        Log.LogError(null, "NPM001", null, null, 0, 0, 0, 0,
            "{0}. Ways out: 1. install Node.js (npm on the PATH) and let it reach an npm registry for this one build; {1}",
            what, string.IsNullOrEmpty(WithoutIt) ? "2. copy the folder " + Folder + " from a machine that has it." : "2. " + WithoutIt);
        return false;
    }

    private static string Hash(string file)
    {
        using (var sha = SHA512.Create())
        using (var stream = File.OpenRead(file))
            return string.Concat(sha.ComputeHash(stream).Select(b => b.ToString("x2")));
    }

    /// <returns>Null when the program ended with 0, otherwise what it said.</returns>
    private static string Run(string program, string arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            using (var process = Process.Start(start))
            {
                var output = new StringBuilder();
                DataReceivedEventHandler keep = (_, line) => { if (line.Data != null) lock (output) output.AppendLine(line.Data); };
                process.OutputDataReceived += keep;
                process.ErrorDataReceived += keep;
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
                process.WaitForExit();
                if (process.ExitCode == 0)
                    return null;
                var said = output.ToString().Trim();
                return program + " ended with " + process.ExitCode + (said.Length == 0 ? "" : ": " + (said.Length > 600 ? said.Substring(said.Length - 600) : said).Replace("\r", "").Replace("\n", " "));
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return program + " is not on the PATH";
        }
    }
}
