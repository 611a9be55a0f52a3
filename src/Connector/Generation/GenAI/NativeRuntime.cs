using System.Runtime.InteropServices;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>The native libraries that a model runs on.</summary>
internal static unsafe partial class NativeRuntime
{
    /// <summary>Version of ONNX Runtime, by its own word.</summary>
    /// <exception cref="DllNotFoundException">The library is not beside the program.</exception>
    public static string OnnxRuntimeVersion()
    {
        NativeTelemetry.TurnOff();
        return Marshal.PtrToStringUTF8(GetApiBase()->GetVersionString()) ?? "";
    }

    /// <summary>Version of the C# interface of ONNX Runtime GenAI, once its native library is loaded.</summary>
    /// <exception cref="DllNotFoundException">The library is not beside the program.</exception>
    public static string GenAIVersion()
    {
        NativeTelemetry.TurnOff();
        NativeLibrary.Load("onnxruntime-genai", typeof(NativeRuntime).Assembly, DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory);
        return typeof(Microsoft.ML.OnnxRuntimeGenAI.Model).Assembly.GetName().Version?.ToString(3) ?? "";
    }

    [LibraryImport("onnxruntime", EntryPoint = "OrtGetApiBase")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial ApiBase* GetApiBase();

    /// <summary><c>OrtApiBase</c> of <c>onnxruntime_c_api.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ApiBase
    {
        public nint GetApi;
        public delegate* unmanaged<nint> GetVersionString;
    }
}
