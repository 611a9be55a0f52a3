using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Training.Native;

/// <summary>The versions of other libraries' symbols that a 64-bit ELF library names.</summary>
internal static class ElfVersionNeeds
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const byte Weak = 2;

    /// <summary>Marks a version need as weak, so that the loader only warns where the system does not have it.</summary>
    /// <param name="library">The library's bytes; changed in place.</param>
    /// <param name="version">The version, such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many needs were marked.</returns>
    public static int Weaken(Span<byte> library, string version)
    {
        var marked = 0;
        var sections = Section.ReadAll(library);
        foreach (var needs in sections.Where(section => section.Type == VersionNeeds))
            marked += Weaken(library, (int)needs.Offset, (int)sections[needs.Link].Offset, Encoding.ASCII.GetBytes(version + '\0'));
        return marked;
    }

    // A chain of needed libraries, each with a chain of needed versions.
    private static int Weaken(Span<byte> library, int file, int names, ReadOnlySpan<byte> version)
    {
        var marked = 0;
        for (int next; ; file += next)
        {
            var count = BinaryPrimitives.ReadUInt16LittleEndian(library[(file + 2)..]);
            var need = file + BinaryPrimitives.ReadInt32LittleEndian(library[(file + 8)..]);
            next = BinaryPrimitives.ReadInt32LittleEndian(library[(file + 12)..]);
            for (var i = 0; i < count; i++)
            {
                var name = names + BinaryPrimitives.ReadInt32LittleEndian(library[(need + 8)..]);
                if (library[name..].StartsWith(version))
                {
                    library[need + 4] |= Weak;
                    marked++;
                }

                need += BinaryPrimitives.ReadInt32LittleEndian(library[(need + 12)..]);
            }

            if (next == 0)
                return marked;
        }
    }

    private readonly record struct Section(uint Type, long Offset, int Link)
    {
        public static Section[] ReadAll(ReadOnlySpan<byte> library)
        {
            var start = (int)BinaryPrimitives.ReadInt64LittleEndian(library[0x28..]);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3A..]);
            var sections = new Section[BinaryPrimitives.ReadUInt16LittleEndian(library[0x3C..])];
            for (var i = 0; i < sections.Length; i++)
            {
                var header = library[(start + (i * size))..];
                sections[i] = new Section(
                    BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
                    BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
                    BinaryPrimitives.ReadInt32LittleEndian(header[40..]));
            }

            return sections;
        }
    }
}
