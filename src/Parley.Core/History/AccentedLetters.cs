using System.Collections.Frozen;
using System.Text;

namespace Parley.Core.History;

/// <summary>The Latin letters with accents, by the letter that they are without.</summary>
/// <remarks>A table, since the runtime takes no accents off where it does without the system's culture data, as here.</remarks>
internal static class AccentedLetters
{
    private static readonly FrozenDictionary<int, Rune> Bases = new[]
    {
        "aÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ",
        "bḂḃḄḅḆḇ",
        "cÇçĆćĈĉĊċČčḈḉ",
        "dĎďḊḋḌḍḎḏḐḑḒḓ",
        "eÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ",
        "fḞḟ",
        "gĜĝĞğĠġĢģǦǧǴǵḠḡ",
        "hĤĥȞȟḢḣḤḥḦḧḨḩḪḫẖ",
        "iÌÍÎÏìíîïĨĩĪīĬĭĮįİǏǐȈȉȊȋḬḭḮḯỈỉỊị",
        "jĴĵǰ",
        "kĶķǨǩḰḱḲḳḴḵ",
        "lĹĺĻļĽľḶḷḸḹḺḻḼḽ",
        "mḾḿṀṁṂṃ",
        "nÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ",
        "oÒÓÔÕÖòóôõöŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ",
        "pṔṕṖṗ",
        "rŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ",
        "sŚśŜŝŞşŠšȘșṠṡṢṣṤṥṦṧṨṩ",
        "tŢţŤťȚțṪṫṬṭṮṯṰṱẗ",
        "uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự",
        "vṼṽṾṿ",
        "wŴŵẀẁẂẃẄẅẆẇẈẉẘ",
        "xẊẋẌẍ",
        "yÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ",
        "zŹźŻżŽžẐẑẒẓẔẕ",
    }
    .SelectMany(line => line.Skip(1).Select(accented => (Accented: (int)accented, Base: new Rune(line[0]))))
    .ToFrozenDictionary(pair => pair.Accented, pair => pair.Base);

    /// <summary>The small letter without accent, if it is a letter with one.</summary>
    public static bool TryGetBase(Rune rune, out Rune letter) => Bases.TryGetValue(rune.Value, out letter);
}
