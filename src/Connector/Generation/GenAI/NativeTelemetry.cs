using System.Runtime.InteropServices;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>
/// Keeps ONNX Runtime from writing telemetry files. It reads the C environment, which on Unix
/// <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not change.
/// </summary>
internal static partial class NativeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Must come before the first call into ONNX Runtime.</summary>
    public static void TurnOff()
    {
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Variable, "1");
        else
            _ = SetEnv(Variable, "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
