using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicalSuite.Server.Texts;

/// <summary>What the pipeline writes into timelines, in Chinese: the store keeps one language, the page speaks the reader's.</summary>
internal static class ChineseSentences
{
    private const int MostRemembered = 5000;
    private static readonly ConcurrentDictionary<string, string> Seen = new();

    /// <summary>{0}, {1} stand for what differs; it is taken over as it is, or as its own translation where it has one.</summary>
    private static readonly (Regex Form, string Chinese)[] Forms =
    [
        .. new (string English, string Chinese)[]
        {
            ("First image received.", "收到第一幅图像。"),
            ("First image received from {0}.", "收到来自 {0} 的第一幅图像。"),
            ("An object was received whose header cannot be read.", "收到一个无法读取头信息的对象。"),
            ("Look at the sender; the object is kept.", "请检查发送方；该对象已保留。"),
            ("A different object arrived under a UID that is in use; the first one stays in use, the other is kept.",
                "收到 UID 相同但内容不同的对象；继续使用先到的对象，另一个已保留。"),
            ("Ask the sender which one is right.", "请向发送方确认哪一个正确。"),
            ("The images of this study name different patients.", "该检查的图像属于不同的患者。"),
            ("images of the study name different patients", "该检查的图像属于不同的患者"),
            ("PatientID (0010,0020) is empty", "患者编号 PatientID (0010,0020) 为空"),
            ("PatientID (0010,0020) or its issuer differs between images", "图像之间的 PatientID (0010,0020) 或其签发者不一致"),
            ("Correct it at the source; results for the RIS are held until a person has confirmed the patient.",
                "请在来源处更正；在人工确认患者之前，发往 RIS 的结果将被保留。"),
            ("An object from {0} ({1}) was refused with {2}: SOP instance {3}.", "来自 {0} ({1}) 的对象被拒绝，状态 {2}：SOP 实例 {3}。"),
            ("The study was removed by rule: {0} instances, {1} MB.", "该检查已按规则删除：{0} 个实例，{1} MB。"),
            ("older than {0} days, {1}, {2}", "早于 {0} 天，{1}，{2}"),
            ("Make space on the data disk; the sender may send it again.", "请清理数据磁盘；发送方可重新发送。"),
            ("Look at the sender; it was told that the object is not kept.", "请检查发送方；已告知其该对象未保存。"),
            ("An association from {0} ({1}) to {2} was refused.", "从 {0} ({1}) 到 {2} 的连接被拒绝。"),
            ("calling AE title not recognized", "不认识呼叫方 AE 名称"),
            ("called AE title not recognized", "不认识被呼叫的 AE 名称"),
            ("local limit exceeded", "超过本机的连接上限"),
            ("If it may send here, add it to the allow-list (--accept AET@HOST).", "如允许其发送，请加入允许列表（--accept AET@HOST）。"),
            ("Set our AE title at the sender, or --aet here.", "请在发送方设置本机的 AE 名称，或在此设置 --aet。"),
            ("It may come again later; look for connections that are never closed.", "可稍后再连；请检查从不关闭的连接。"),
            ("Look at the sender's settings.", "请检查发送方的设置。"),
            ("A connection from {0} broke the DICOM protocol and was aborted.", "来自 {0} 的连接违反 DICOM 协议，已中止。"),
            ("Look at what connects from there.", "请检查是什么程序从该地址连接。"),
            ("Complete: {0} images in {1} series.", "已齐全：{1} 个序列共 {0} 幅图像。"),
            ("no image for {0} s", "{0} 秒内没有新图像"),
            ("its sender has closed the connection, and no slice is missing", "发送方已关闭连接，且没有缺层"),
            ("all {0} images that {1} announced are here", "{1} 通告的 {0} 幅图像已全部到达"),
            ("{0} of {1} images that {2} announced have not come.", "{2} 通告的 {1} 幅图像中有 {0} 幅没有到达。"),
            ("{0} of {1} images that {2} announced", "{2} 通告的 {1} 幅图像中的 {0} 幅"),
            ("the end of the procedure step of {0}", "{0} 的检查步骤结束"),
            ("the acquisition was discontinued", "采集被中止"),
            ("they were awaited as long as the settings allow", "已按设置等待至上限"),
            ("slices of series {0} that seem to be missing", "序列 {0} 疑似缺失的层面"),
            ("The study cannot be read.", "该检查无法读取。"),
            ("Look at the sender and send it again.", "请检查发送方并重新发送。"),
            ("{0} is not for this study: {1}", "{0} 不适用于该检查：{1}"),
            ("{0} gave up waiting for {1}.", "{0} 不再等待 {1}。"),
            ("nothing came for {0} min", "{0} 分钟内没有新内容"),
            ("Send what is missing; the study is looked at again then.", "请补发缺少的内容；届时将重新处理该检查。"),
            ("{0} queued as a new version.", "{0} 作为新版本排队。"),
            ("{0} queued.", "{0} 已排队。"),
            ("{0} started.", "{0} 已开始。"),
            ("{0} started again, attempt {1}.", "{0} 再次开始，第 {1} 次。"),
            ("{0} done.", "{0} 已完成。"),
            ("{0} cannot say anything: {1}", "{0} 无法给出结论：{1}"),
            ("{0} refused its input: {1}", "{0} 拒绝了输入：{1}"),
            ("Send the study again from its source; a complete one is analysed by itself.", "请从来源重新发送；完整的检查会自动分析。"),
            ("{0} failed in attempt {1}; it is tried again.", "{0} 第 {1} 次失败，将重试。"),
            ("{0} failed {1} times and is not tried again.", "{0} 失败 {1} 次，不再重试。"),
            ("Look at the cause; the input is kept and the run can be started again by hand.", "请查看原因；输入已保留，可手动重新开始。"),
            ("At most {0} attempts are made; the input is kept.", "最多尝试 {0} 次；输入已保留。"),
            ("{0} was cancelled.", "{0} 已取消。"),
            ("{0} was cancelled before it started.", "{0} 在开始前已取消。"),
            ("cancelled on request", "按要求取消"),
            ("the file is missing from the store", "存储中缺少该文件"),
            ("the data disk does not give the file", "数据磁盘无法读出该文件"),
            ("late images made a new version", "后到的图像产生了新版本"),
            ("{0} is not sent to {1}: a newer version took its place.", "{0} 不再发送到 {1}：已被较新版本取代。"),
            ("{0} results made: {1}.", "生成 {0} 个结果：{1}。"),
            ("The report for the RIS waits: the study has no trustworthy patient.", "发往 RIS 的报告在等待：该检查的患者身份不可信。"),
            ("Confirm the patient on the reconciliation list.", "请在身份核对列表中确认患者。"),
            ("{0} delivered to {1}.", "{0} 已递送到 {1}。"),
            ("{0} sent to {1}; now it is to be proved that it is there.", "{0} 已发送到 {1}；待证实其已在目的地。"),
            ("{0} was asked to commit itself to keep {1}.", "已请求 {0} 承诺保存 {1}。"),
            ("storage commitment asked for; its report is awaited", "已请求存储承诺，等待其报告"),
            ("It is proved that {0} has {1}.", "已证实 {0} 拥有 {1}。"),
            ("It is not proved yet that {0} has {1}.", "尚未证实 {0} 拥有 {1}。"),
            ("It cannot be proved that {0} has {1}.", "无法证实 {0} 拥有 {1}。"),
            ("It could not be proved that {0} has {1}; this is not tried again.", "未能证实 {0} 拥有 {1}；不再尝试。"),
            ("{0} delivered to {1}; no proof is asked for.", "{0} 已递送到 {1}；未要求证实。"),
            ("{0} does not have {1} that it acknowledged: sent again.", "{0} 没有其已确认接收的 {1}：重新发送。"),
            ("{0} does not have {1} that it acknowledged, and they are not sent again.", "{0} 没有其已确认接收的 {1}，不再发送。"),
            ("1 object", "1 个对象"),
            ("{0} objects", "{0} 个对象"),
            ("the destination has committed itself to keep it", "目的地已承诺保存"),
            ("found there by C-FIND at image level", "已用 C-FIND（图像级）在目的地查到"),
            ("not found by C-FIND at image level {0} min after it was sent", "发送 {0} 分钟后用 C-FIND（图像级）仍未查到"),
            ("not found by C-FIND at image level", "用 C-FIND（图像级）未查到"),
            ("not proved {0} min after it was sent", "发送 {0} 分钟后仍未证实"),
            ("the PACS offers neither storage commitment nor C-FIND to us", "PACS 对本机既不提供存储承诺，也不提供 C-FIND"),
            ("the PACS does not offer {0} to us", "PACS 对本机不提供 {0}"),
            ("{0} requests for storage commitment, no report within {1} min", "请求存储承诺 {0} 次，{1} 分钟内没有报告"),
            ("storage commitment failed: {0}", "存储承诺失败：{0}"),
            ("the PACS answered the request for storage commitment with {0}", "PACS 对存储承诺请求答复 {0}"),
            ("the PACS answered the query with {0}", "PACS 对查询答复 {0}"),
            ("the association was lost during the query", "查询期间连接丢失"),
            ("Let the PACS accept storage commitment or C-FIND from us.", "请让 PACS 对本机提供存储承诺或 C-FIND。"),
            ("Let the PACS offer it to our AE title, or set another proof for it.", "请让 PACS 对本机 AE 名称提供该服务，或为其设置其他证实方式。"),
            ("Let the PACS report storage commitments to our AE title, address and port, then send again; or set proof to find.",
                "请让 PACS 将存储承诺报告发到本机的 AE 名称、地址和端口，然后重新发送；或将证实方式设为 find。"),
            ("Look whether the PACS shows them; let it report to our AE title, address and port.",
                "请查看 PACS 是否显示这些对象；让其向本机的 AE 名称、地址和端口报告。"),
            ("Look at the log of the PACS for what it did with them, then send again.", "请在 PACS 日志中查看其处理情况，然后重新发送。"),
            ("Make the PACS answer to us, then send again.", "请使 PACS 能够应答本机，然后重新发送。"),
            ("{0} has begun a procedure step.", "{0} 开始了一个检查步骤。"),
            ("{0} has completed its procedure step: {1} images in {2} series.", "{0} 完成了检查步骤：{2} 个序列共 {1} 幅图像。"),
            ("{0} has discontinued its procedure step: {1} images in {2} series.", "{0} 中止了检查步骤：{2} 个序列共 {1} 幅图像。"),
            ("{0} says that it has {1} images in {2} series of this study.", "{0} 通告其有该检查的 {2} 个序列共 {1} 幅图像。"),
            ("{0} has taken {1}.", "{0} 已接收{1}。"),
            ("{0} could not be told: {1}.", "未能通知 {0}：{1}。"),
            ("the report on its storage commitment", "其存储承诺的报告"),
            ("the notification that the results are available", "结果可用的通知"),
            ("the beginning of the analysis as a performed procedure step", "作为检查步骤的分析开始"),
            ("the end of the analysis as a performed procedure step", "作为检查步骤的分析结束"),
            ("nothing says where this AE title is", "没有设置该 AE 名称的地址"),
            ("Add it to the settings: destinations AET@HOST:PORT.", "请加入设置：destinations AET@HOST:PORT。"),
            ("Let it accept us (AE title, address, SOP class), or take it out of the settings.", "请让对方接受本机（AE 名称、地址、SOP 类），或从设置中移除。"),
            ("{0} could not be delivered to {1} in attempt {2}; it is tried again.", "{0} 第 {2} 次递送到 {1} 失败，将重试。"),
            ("{0} was not delivered to {1} and is not tried again.", "{0} 未递送到 {1}，不再重试。"),
            ("1 object was not delivered to {0}.", "1 个对象未递送到 {0}。"),
            ("{0} objects were not delivered to {1}.", "{0} 个对象未递送到 {1}。"),
            ("{0} is held: the study has no trustworthy patient.", "{0} 已保留：该检查的患者身份不可信。"),
            ("The patient was confirmed by a person.", "患者已由人工确认。"),
            ("Let the PACS accept us (AE title, address, SOP class), then send it again.", "请让 PACS 接受本机（AE 名称、地址、SOP 类），然后重新发送。"),
            ("Look at the log of the PACS.", "请查看 PACS 的日志。"),
            ("Look at the log of the RIS, then send it again.", "请查看 RIS 的日志，然后重新发送。"),
            ("Make the destination reachable, then send it again.", "请使目的地可达，然后重新发送。"),
            ("Check the data disk; run the analysis again.", "请检查数据磁盘；重新运行分析。"),
            ("Add it again, or send by hand.", "请重新加入设置，或手动发送。"),
            ("{0}; given up after {1} attempts", "{0}；尝试 {1} 次后放弃"),
            ("the PACS answered {0}", "PACS 答复 {0}"),
            ("the RIS answered {0}", "RIS 答复 {0}"),
            ("no association: {0}", "无法建立连接：{0}"),
            ("no acknowledgement within {0} s", "{0} 秒内没有回执"),
        }.Select(pair => (Form(pair.English), pair.Chinese)),
    ];

    internal static string Of(string english)
    {
        if (Seen.TryGetValue(english, out var known))
        {
            return known;
        }

        if (Seen.Count >= MostRemembered)
        {
            Seen.Clear();
        }

        return Seen[english] = Translate(english);
    }

    private static string Translate(string english)
    {
        foreach (var (form, chinese) in Forms)
        {
            var match = form.Match(english);
            if (match.Success)
            {
                var parts = match.Groups.Values.Skip(1).Select(g => (object)Of(g.Value)).ToArray();
                return string.Format(CultureInfo.InvariantCulture, chinese, parts);
            }
        }

        return english;
    }

    private static Regex Form(string english)
    {
        var pattern = new StringBuilder(Regex.Escape(english).Replace("\\{", "{", StringComparison.Ordinal));
        for (var n = 0; n < 4; n++)
        {
            pattern.Replace($"{{{n}}}", "(.+?)");
        }

        return new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }
}
