//! What is told about the document besides its page: title, credits, run record.

use std::fmt::Write;

use pdf_writer::{Name, Pdf, TextStr};

use super::{INFO, XMP};
use crate::export::image::Image;
use crate::export::svg::Xml;

/// Writes the information dictionary and, in plain text, the same as XMP (ISO 16684-1).
pub(super) fn write(image: &Image<'_>, pdf: &mut Pdf) {
    let title = image.title();
    let record = serde_json::to_string(image.sources.record).unwrap_or_default();
    let credits = image.about();
    let maker = format!("Dateline {}", env!("CARGO_PKG_VERSION"));
    let mut info = pdf.document_info(INFO);
    info.title(TextStr(title)).subject(TextStr(&credits)).creator(TextStr(&maker)).producer(TextStr(&maker));
    info.pair(Name(b"DatelineRunRecord"), TextStr(&record));
    drop(info);
    let xmp = xmp(title, &credits, &maker, &record);
    pdf.metadata(XMP, xmp.as_bytes());
}

fn xmp(title: &str, credits: &str, maker: &str, record: &str) -> String {
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n",
    );
    for (tag, text) in [("title", title), ("rights", credits), ("description", record)] {
        let text = Xml(text);
        let _ = writeln!(
            out,
            "<dc:{tag}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:{tag}>"
        );
    }
    let _ = writeln!(out, "<xmp:CreatorTool>{}</xmp:CreatorTool>", Xml(maker));
    out.push_str("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}
