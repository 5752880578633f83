namespace Parley.Cli.Chat.Screen.Text;

/// <summary>A colour for each name: the same on every screen, every day, in any spelling of the name.</summary>
internal static class NameColour
{
    // Of the 256 colours, those that can be read on black and on white alike, and told from each other.
    private static readonly byte[] Palette = [32, 35, 37, 68, 71, 133, 135, 136, 166, 167, 169, 172];

    public static byte Of(string name)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ char.ToLowerInvariant(c)) * 16777619;
        }

        return Palette[hash % (uint)Palette.Length];
    }
}
