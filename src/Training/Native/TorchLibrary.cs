using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace OnnxChat.Training.Native;

/// <summary>Loads TorchSharp's native library also where the system's C++ library is older than it asks for.</summary>
internal static class TorchLibrary
{
    private const string Name = "LibTorchSharp";
    private const string NewestVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>Makes libtorch usable; called before anything else of it.</summary>
    /// <param name="threads">Processors to compute with; null for all.</param>
    public static void Load(int? threads)
    {
        _ = Installed.Value;
        torch.set_num_threads(threads ?? Environment.ProcessorCount);
    }

    private static bool Install()
    {
        // Asked only when the usual way has failed: a newer system never comes here.
        if (OperatingSystem.IsLinux())
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name.Contains(Name, StringComparison.Ordinal) ? LoadWeakened() : 0;
        return true;
    }

    // The library names the version for a marker that nothing calls (Debian 12 has 3.4.30). A private copy asks for it weakly.
    private static nint LoadWeakened()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        var original = Path.Combine(folder, $"lib{Name}.so");
        if (!File.Exists(original))
            return 0;

        var library = File.ReadAllBytes(original);
        if (ElfVersionNeeds.Weaken(library, NewestVersion) == 0)
            return 0;
        // Its neighbours are found by name once they are loaded, wherever the copy lies.
        foreach (var neighbour in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
            _ = NativeLibrary.TryLoad(Path.Combine(folder, neighbour), out _);
        var copy = Path.Combine(Path.GetTempPath(), $"lib{Name}-{Guid.NewGuid():n}.so");
        File.WriteAllBytes(copy, library);
        try
        {
            return NativeLibrary.Load(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
