using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>The two calls of GenAI's C interface (<c>ort_genai_c.h</c>) that its C# interface leaves out.</summary>
internal static partial class GeneratorLogits
{
    private const string Library = "onnxruntime-genai";

    /// <summary>The logits of the step that is due, [rows, 1, vocabulary], after running it.</summary>
    public static StepLogits Get(Generator generator)
    {
        Check(GetLogits(Handle(generator), out var tensor));
        var logits = new StepLogits(tensor);
        try
        {
            Check(TensorGetData(tensor, out var data));
            return logits with { Data = data };
        }
        catch
        {
            logits.Dispose();
            throw;
        }
    }

    /// <summary>Releases a tensor that a call here gave.</summary>
    public static void Destroy(nint tensor) => DestroyTensor(tensor);

    /// <summary>Replaces the logits that the next choice is made from.</summary>
    public static void Set(Generator generator, float[] logits, ReadOnlySpan<long> shape)
    {
        unsafe
        {
            fixed (float* data = logits)
            fixed (long* dimensions = shape)
            {
                Check(CreateTensor((nint)data, dimensions, (nuint)shape.Length, (long)ElementType.float32, out var tensor));
                try
                {
                    Check(SetLogits(Handle(generator), tensor));
                }
                finally
                {
                    DestroyTensor(tensor);
                }
            }
        }
    }

    // The same field in the sources compiled here and in the official packages.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_generatorHandle")]
    private static extern ref nint Handle(Generator generator);

    private static void Check(nint result)
    {
        if (result == 0)
            return;
        var message = Marshal.PtrToStringUTF8(ResultGetError(result));
        DestroyResult(result);
        throw new InvalidOperationException($"ONNX Runtime GenAI failed: {message}");
    }

    [LibraryImport(Library, EntryPoint = "OgaGenerator_GetLogits")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint GetLogits(nint generator, out nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_SetLogits")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint SetLogits(nint generator, nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaCreateTensorFromBuffer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static unsafe partial nint CreateTensor(nint data, long* shape, nuint rank, long elementType, out nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaTensorGetData")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint TensorGetData(nint tensor, out nint data);

    [LibraryImport(Library, EntryPoint = "OgaDestroyTensor")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void DestroyTensor(nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaResultGetError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint ResultGetError(nint result);

    [LibraryImport(Library, EntryPoint = "OgaDestroyResult")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void DestroyResult(nint result);
}
