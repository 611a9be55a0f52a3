using System.Runtime.InteropServices;

namespace OnnxChat.ModelTools;

/// <summary>Lets two folders change places in one step, so that neither name is ever without one.</summary>
internal static partial class FolderExchange
{
    // linux/fcntl.h, linux/fs.h
    private const int CurrentDirectory = -100;
    private const uint Exchange = 2;

    /// <returns>False where the system or the file system has no such step; nothing has changed then.</returns>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return RenameAt(CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);
}
